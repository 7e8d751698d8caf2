using MemSentry.Allocation;
using MemSentry.Native.Faults;

namespace MemSentry.Faults;

/// <summary>Tells the status how the fault handler is.</summary>
internal static unsafe class FaultHandlerCondition
{
    /// <summary>The state, and a warning with a remedy where it is not as it should be.</summary>
    /// <param name="arena">The arena.</param>
    /// <param name="masks">Whether code in this process masks its addresses.</param>
    public static (FaultHandlerState State, string? Warning) Find(ArenaHeader* arena, bool masks)
    {
        if (FaultHandler.IsInstalled(arena) && FaultHandler.IsInPlace(arena))
        {
            return (FaultHandlerState.InPlace, null);
        }

        if (!FaultHandler.IsInstalled(arena) && !masks && !((FaultHandler.IsWanted || arena->Method != Domains.DomainMethod.None) && Arena.IsInBlock))
        {
            return (FaultHandlerState.NotNeeded, null);
        }

        SignalAction other = FaultSignal.Read();
        string remedy = other.CanBeChained && arena->FaultHandlerCount < FaultHandler.Capacity
            ? "the next SafeRegion.Allocate puts it back before that"
            : "find out which library did it and keep it from doing so";
        return (
            FaultHandlerState.Replaced,
            $"the fault handler is not in place, {FaultHandlerOwner.Describe(other.Handler)} is: faults are not explained" +
            $"{(masks ? ", and a null pointer in code woven with sfi may end the process" : "")}; {remedy}");
    }
}
