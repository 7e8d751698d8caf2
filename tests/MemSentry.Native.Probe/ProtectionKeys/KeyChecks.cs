using MemSentry.Allocation;
using MemSentry.Native.ProtectionKeys;
using MemSentry.Native.ProtectionKeys.Gates;

namespace MemSentry.Native.Probe.ProtectionKeys;

/// <summary>What protection keys do on a machine that has them: the stubs as they are, and the processor and kernel around them.</summary>
internal static class KeyChecks
{
    public static int Run()
    {
        var checks = new Checks();
        ProbeModule.Start("ProtMethod=mpk;DomainMethods=vault:crypt");
        KeyedDomain domain = KeyedDomain.Allocate("signing keys");
        KeyedDomain other = KeyedDomain.Allocate("session keys");
        KeyedDomain foreign = KeyedDomain.CreateForeign();
        ulong constant = KeyedDomain.PutPage(new GatePlan(domain.Key, OurKeys(), KeyRegister.Initial), RuntimeKey);
        FaultProbe probe = FaultProbe.Install(domain.Page, other.Page, constant);

        KeyPageChecks.Run(checks, domain);
        Windows(checks, domain, other, probe);
        Threads(checks, domain, probe);
        OtherKeys(checks, domain, other, foreign, probe);
        Constants(checks, domain, foreign, constant, probe);
        KeyJumpChecks.Run(checks, domain, other, constant, probe);
        Code(checks, domain, probe);
        Runtime(checks, domain, probe);
        KeyEncryptionChecks.Run(checks, probe);
        Exhaustion(checks);
        return checks.Sum();
    }

    public static bool IsKeyFault(FaultRecord fault, KeyedDomain domain) =>
        fault is { Signal: FaultRecord.Segmentation, Code: FaultRecord.KeyError } && fault.Key == domain.Key && fault.Address == domain.Address;

    public static bool IsTrap(FaultRecord fault) => fault.Signal == FaultRecord.IllegalInstruction;

    private static unsafe int RuntimeKey => Arena.Current->RuntimeKey;

    private static unsafe List<int> OurKeys()
    {
        List<int> keys = [RuntimeKey];
        for (int i = 0; i < Arena.Current->DomainCount; i++)
        {
            Domains.Domain* domain = Domains.DomainTable.At(Arena.Current, i);
            keys.AddRange(domain->Key == 0 ? [] : [domain->Key]);
        }

        return keys;
    }

    private static void Windows(Checks checks, KeyedDomain domain, KeyedDomain other, FaultProbe probe)
    {
        ulong address = domain.Address;
        checks.That("a closed load is stopped by the key", IsKeyFault(probe.Load(address), domain));
        checks.That("a closed store is stopped by the key", IsKeyFault(probe.Store(address, 1), domain));
        probe.Call(GateLayout.AddressOf(domain.Page, GateEntry.EnterToWrite));
        checks.That("an open window loads and stores", probe.Store(address, 42).Signal == 0 && probe.Load(address).Signal == 0 && domain.Rights == KeyRights.ReadWrite);
        ulong[] registers = probe.Call(GateLayout.AddressOf(domain.Page, GateEntry.Leave));
        checks.That("leaving it clears volatile registers", registers.All(register => register == 0), string.Join(' ', registers));
        checks.That("a load after it is stopped again", IsKeyFault(probe.Load(address), domain) && domain.Rights == KeyRights.None);
        probe.Call(GateLayout.AddressOf(domain.Page, GateEntry.EnterToRead));
        checks.That("a window for reads loads", probe.Load(address).Signal == 0 && domain.Rights == KeyRights.Read);
        checks.That("and is stopped at a store", IsKeyFault(probe.Store(address, 1), domain));
        checks.That("a gate does not enter while something is open", IsTrap(probe.Jump(GateLayout.AddressOf(other.Page, GateEntry.EnterToWrite), 0)) && other.Rights == KeyRights.None);
        GateCalls.CloseAll();
        checks.That("and all of it closes at once", IsKeyFault(probe.Load(address), domain));
    }

    private static void Threads(Checks checks, KeyedDomain domain, FaultProbe probe)
    {
        using var opened = new ManualResetEventSlim();
        FaultRecord seen = default;
        KeyRights rights = default;
        var outside = new Thread(() =>
        {
            opened.Wait();
            seen = probe.Load(domain.Address);
        });
        outside.Start();
        domain.Open();
        opened.Set();
        outside.Join();
        var inside = new Thread(() => rights = domain.Rights);
        inside.Start();
        inside.Join();
        domain.Close();
        checks.That("a window is closed to other threads", IsKeyFault(seen, domain));
        checks.That("and to a thread that is started in it", rights == KeyRights.None);
    }

    private static void OtherKeys(Checks checks, KeyedDomain domain, KeyedDomain other, KeyedDomain foreign, FaultProbe probe)
    {
        foreign.OpenRead();
        uint before = domain.Register;
        probe.Call(GateLayout.AddressOf(domain.Page, GateEntry.EnterToWrite));
        bool isKept = domain.Register == KeyRegister.With(before, domain.Key, KeyRights.ReadWrite);
        GateCalls.CloseAll();
        checks.That("windows leave keys of other software as they are", isKept && domain.Register == before, $"{before:x8}");
        foreign.Close();
        other.OpenRead();
        domain.Open();
        bool areBoth = other.Rights == KeyRights.Read && domain.Rights == KeyRights.ReadWrite;
        domain.Close();
        checks.That("a window inside another one leaves that as it is", areBoth && other.Rights == KeyRights.Read);
        checks.That("and the other domain works on", probe.Load(other.Address).Signal == 0 && IsKeyFault(probe.Store(other.Address, 1), other));
        other.Close();
    }

    private static void Constants(Checks checks, KeyedDomain domain, KeyedDomain foreign, ulong constant, FaultProbe probe)
    {
        foreign.Open();
        probe.Call(GateLayout.AddressOf(constant, GateEntry.EnterToRead));
        checks.That(
            "stubs with constants open their key and close all others",
            probe.Load(domain.Address).Signal == 0 && IsKeyFault(probe.Store(domain.Address, 1), domain) && IsKeyFault(probe.Load(foreign.Address), foreign),
            $"{domain.Register:x8}");
        probe.Call(GateLayout.AddressOf(constant, GateEntry.Leave));
        checks.That("and close it", IsKeyFault(probe.Load(domain.Address), domain) && domain.Register == KeyRegister.Initial);
    }

    private static void Code(Checks checks, KeyedDomain domain, FaultProbe probe)
    {
        FaultRecord fault = probe.Load(domain.Page);
        checks.That("the stubs can be executed and not read", fault is { Signal: FaultRecord.Segmentation, Code: FaultRecord.KeyError } && fault.Key == RuntimeKey, $"key {fault.Key}");
        checks.That("nor written", probe.Store(domain.Page, 0).Signal == FaultRecord.Segmentation);
    }

    private static void Runtime(Checks checks, KeyedDomain domain, FaultProbe probe)
    {
        domain.Open();
        for (int i = 0; i < 20; i++)
        {
            _ = new byte[100_000];
            GC.Collect();
        }

        checks.That("a window survives collections", probe.Load(domain.Address).Signal == 0 && domain.Rights == KeyRights.ReadWrite);
        try
        {
            throw new InvalidOperationException();
        }
        catch (InvalidOperationException)
        {
            checks.That("a managed throw closes it: the runtime observes exceptions first", domain.Rights == KeyRights.None);
        }

        domain.Open();
        try
        {
            _ = Nothing()!.Length;
        }
        catch (NullReferenceException)
        {
            checks.That("a caught fault closes all windows of the thread: the kernel resets the register", domain.Register == KeyRegister.Initial, $"{domain.Register:x8}");
        }
    }

    private static void Exhaustion(Checks checks)
    {
        int domains = 0;
        try
        {
            for (; domains < KeyRegister.Keys; domains++)
            {
                _ = KeyedDomain.Allocate($"domain {domains}");
            }

            checks.That("one domain too many is refused", false, domains);
        }
        catch (SafeRegionException refusal)
        {
            checks.That("one domain too many is refused", refusal.Code == RuntimeCode.NoProtectionKeyLeft, $"after {domains} more: {refusal.Message}");
        }
    }

    private static string? Nothing() => null;
}
