using MemSentry.Native;
using MemSentry.Native.ProtectionKeys;
using MemSentry.Native.ProtectionKeys.Gates;
using MemSentry.ProtectionKeys;

namespace MemSentry.Cli.Doctor;

/// <summary>Takes a key, and opens and closes a page with it by the stubs of gates. All of it goes with the process.</summary>
internal static class KeyTrial
{
    private const string Name = "doctor";
    private const ulong PageLength = 4096;

    /// <summary>Whether the page was as it was opened and closed.</summary>
    /// <exception cref="PlatformNotSupportedException">Machine or kernel have no keys.</exception>
    /// <exception cref="SafeRegionException">No key is left, or the kernel refuses something.</exception>
    public static bool Run()
    {
        if (KeyRefusals.Find(ProcessorFacts.Read(), KernelKeySupport.ReadKernel()) is { } refusal)
        {
            throw refusal.ToException();
        }

        KeyRefusals.ThrowIfRefused(KeyCalls.Allocate(out int key), Name);
        KeyRefusals.ThrowIfRefused(KeyedMemory.Create(key, PageLength, out KeyedMemory? memory), Name);
        if (!memory!.IsConfirmed(KeyMap.ReadSelf(), key))
        {
            throw KeyRefusals.NotConfirmed(Name, key);
        }

        KeyRefusals.ThrowIfRefused(AddressSpace.ReserveAnywhere(PageLength, out ulong stubs), Name);
        try
        {
            KeyRefusals.ThrowIfRefused(GatePages.Put(stubs, GateAssembler.Assemble(new GatePlan(key, [key])), key), Name);
        }
        catch (FileNotFoundException missing)
        {
            throw KeyRefusals.Create(missing).ToException();
        }

        GateCalls.Set(stubs, KeyRights.ReadWrite);
        bool wasOpen = GateCalls.May(stubs, KeyRights.ReadWrite);
        GateCalls.Set(stubs, KeyRights.None);
        return wasOpen && !GateCalls.May(stubs, KeyRights.Read);
    }
}
