using System.Runtime.CompilerServices;
using MemSentry.Allocation;
using MemSentry.Native;
using MemSentry.Native.Faults;
using MemSentry.Startup;

namespace MemSentry.Faults;

/// <summary>
/// Keeps our handler of SIGSEGV before the one of .NET. Required where code masks its addresses (<c>sfi</c>); elsewhere it only explains
/// faults, and is there on request.
/// </summary>
/// <remarks>
/// Not there by default for <c>mpx</c>: the protection does not need it, a fault in a guard ends the process with its managed stack anyway, and
/// assembling it costs a start 0.1 s of processor time and puts us into the signal chain of programs that have no use for it.
/// <para>
/// When another library has put its handler in place, a new one of ours goes before that. This is right whether or not the library's handler
/// passes on what it does not know: it sees every fault that it saw before, except that a masked null pointer looks like a null pointer, as
/// it would in a program that is not woven. A trial fault could not tell more: a crash reporter that passes everything on would report
/// the trial as a crash first.
/// </para>
/// </remarks>
internal static unsafe class FaultHandler
{
    /// <summary>Handlers that one process may have, one before the other: two libraries that both want to be first must come to an end.</summary>
    public const int Capacity = 8;

    /// <summary>The knob in runtimeconfig.json.</summary>
    public const string ConfigurationKnob = "MemSentry.ExplainFaults";

    /// <summary>The environment variable (<c>1</c>).</summary>
    public const string EnvironmentVariable = "MEMSENTRY_EXPLAIN_FAULTS";

    private const int Attempts = 3;

    /// <summary>Whether the operator wants faults in the block explained although nothing masks.</summary>
    public static bool IsWanted { get; } =
        (AppContext.TryGetSwitch(ConfigurationKnob, out bool on) && on)
        || Environment.GetEnvironmentVariable(EnvironmentVariable) is "1" or "true";

    /// <summary>Whether a copy of the runtime has ever installed one.</summary>
    public static bool IsInstalled(ArenaHeader* arena) => Volatile.Read(ref arena->FaultHandlerCount) > 0;

    /// <summary>Whether the kernel would call one of ours.</summary>
    public static bool IsInPlace(ArenaHeader* arena) => IsOurs(arena, FaultSignal.Read().Handler);

    /// <summary>Puts a handler before the one in force, unless that is ours already.</summary>
    /// <remarks>The caller holds the lock that all copies share.</remarks>
    public static Refusal? Install(ArenaHeader* arena)
    {
        SignalAction next = FaultSignal.Read();
        for (int attempt = 0; !IsOurs(arena, next.Handler); attempt++)
        {
            if (!next.CanBeChained || attempt == Attempts || arena->FaultHandlerCount == Capacity)
            {
                return HandlerRefusals.Create(next, arena->FaultHandlerCount);
            }

            SystemCallFailure? failure;
            ulong handler;
            try
            {
                failure = Create(arena, next, out handler);
            }
            catch (FileNotFoundException missing)
            {
                return HandlerRefusals.Create(missing);
            }

            if (failure is not null)
            {
                return HandlerRefusals.Create(failure);
            }

            // Known before it can be called.
            using (ArenaLock.EnterToChange(arena))
            {
                arena->HandlerBeforeOurs = arena->FaultHandlerCount == 0 ? next.Handler : arena->HandlerBeforeOurs;
                arena->FaultHandlers[arena->FaultHandlerCount] = handler;
                Volatile.Write(ref arena->FaultHandlerCount, arena->FaultHandlerCount + 1);
            }

            failure = FaultSignal.Replace(next.Before(handler), out SignalAction replaced);
            if (failure is not null)
            {
                return HandlerRefusals.Create(failure);
            }

            if (replaced.Handler == next.Handler)
            {
                return null;
            }

            // A library that knows nothing of our lock was quicker; its handler must not be left out.
            next = replaced;
        }

        return null;
    }

    /// <summary>Never inlined: nothing before it may need the assembler's library.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SystemCallFailure? Create(ArenaHeader* arena, SignalAction next, out ulong handler)
    {
        int order = arena->FaultHandlerCount;
        FaultHandlerPlan plan = FaultPlans.Create(
            Arena.IsInBlock ? arena : null, next.Handler, order == 0 ? next.Handler : arena->HandlerBeforeOurs, order);
        int length = FaultHandlerAssembler.Assemble(plan, AddressSpaceLayout.AliasStart).Bytes.Length;
        return ExecutablePages.Create(length, address => FaultHandlerAssembler.Assemble(plan, address).Bytes, out handler);
    }

    private static bool IsOurs(ArenaHeader* arena, ulong handler)
    {
        for (int i = 0; i < arena->FaultHandlerCount; i++)
        {
            if (arena->FaultHandlers[i] == handler)
            {
                return true;
            }
        }

        return false;
    }
}
