using MemSentry.Native.ProtectionKeys;
using MemSentry.Native.ProtectionKeys.Gates;

namespace MemSentry.Native.Probe.ProtectionKeys;

/// <summary>Jumps into the middle of stubs, with a value in eax: what opens more than the stub is for has to meet the trap behind the write.</summary>
internal static class KeyJumpChecks
{
    private const uint Everything = 0;

    public static void Run(Checks checks, KeyedDomain domain, KeyedDomain other, ulong constant, FaultProbe probe)
    {
        uint wanted = KeyRegister.With(KeyRegister.Initial, domain.Key, KeyRights.ReadWrite);
        uint both = KeyRegister.With(wanted, other.Key, KeyRights.ReadWrite);
        foreach (GateEntry entry in (GateEntry[])[GateEntry.EnterToRead, GateEntry.EnterToWrite, GateEntry.Leave])
        {
            Traps($"a jump to the wrpkru of {entry} that opens everything", domain.Page, entry, Everything);
            Traps($"one into {entry} with constants that opens everything", constant, entry, Everything);
        }

        Traps("one into EnterToWrite that opens one domain more", domain.Page, GateEntry.EnterToWrite, both);
        Traps("one into Leave that opens the domain", domain.Page, GateEntry.Leave, wanted);
        Traps("one into Close that opens the domain", domain.Page, GateEntry.Close, wanted);
        Traps("one into EnterToRead that opens for writing", domain.Page, GateEntry.EnterToRead, wanted);
        Traps("one into OpenToRead that opens for writing", domain.Page, GateEntry.OpenToRead, wanted);
        checks.That(
            "one into OpenToWrite that opens another domain beside passes (a limit: what opens inside another window asks for its own key; the front of the other domain's stub would do as well)",
            Jump(domain.Page, GateEntry.OpenToWrite, both).Signal == 0);
        return;

        void Traps(string what, ulong page, GateEntry entry, uint value) => checks.That($"{what} meets the trap", KeyChecks.IsTrap(Jump(page, entry, value)));

        // After a trap the kernel gives the thread back what was written: the probe alone survives it.
        FaultRecord Jump(ulong page, GateEntry entry, uint value)
        {
            FaultRecord record = probe.Jump(Write(page, entry, isConstant: page == constant), value);
            probe.Call(GateLayout.AddressOf(constant, GateEntry.Leave));
            return record;
        }
    }

    /// <summary>The address of the wrpkru behind an entry. It lies at the same place for all keys, and what is in the pages cannot be read.</summary>
    private static ulong Write(ulong page, GateEntry entry, bool isConstant)
    {
        ReadOnlySpan<byte> writeRegister = [0x0f, 0x01, 0xef];
        byte[] code = GateAssembler.Assemble(new GatePlan(1, [1], isConstant ? KeyRegister.Initial : null));
        int start = (int)entry * GateLayout.EntryLength;
        return page + (ulong)(start + code.AsSpan(start).IndexOf(writeRegister));
    }
}
