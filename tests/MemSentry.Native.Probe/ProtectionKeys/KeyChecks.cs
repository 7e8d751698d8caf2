using MemSentry.CompilerServices;
using MemSentry.Crypt;
using MemSentry.Domains;
using MemSentry.Native.ProtectionKeys;
using MemSentry.ProtectionKeys;
using Microsoft.Win32.SafeHandles;

namespace MemSentry.Native.Probe.ProtectionKeys;

/// <summary>What protection keys do on a machine that has them: the stubs as they are, and the processor and kernel around them.</summary>
internal static class KeyChecks
{
    private const ulong PageLength = 4096;

    public static int Run()
    {
        var checks = new Checks();
        KeyDomain domain = KeyDomain.Create("signing keys", PageLength);
        KeyDomain other = KeyDomain.Create("session keys", PageLength);
        Check(KeyStubs.Create(new KeyStubPlan { Key = domain.Key, Others = KeyRegister.Initial }, out KeyStubs? constant));
        Check(KeyStubs.Create(
            new KeyStubPlan { Key = domain.Key, Closed = KeyRegister.Bits(other.Key, KeyRights.None) }, out KeyStubs? strict));
        FaultProbe probe = FaultProbe.Install(domain.Stubs.Address, constant!.Address, strict!.Address);

        Pages(checks, domain);
        Windows(checks, domain, probe);
        Threads(checks, domain, probe);
        OtherKeys(checks, domain, other, probe);
        Constants(checks, domain, other, constant, probe);
        Jumps(checks, domain, other, constant, strict, probe);
        Code(checks, domain, probe);
        Runtime(checks, domain, probe);
        EncryptedRegions(checks, probe);
        EncryptedWindows(checks);
        Exhaustion(checks);
        return checks.Sum();
    }

    private static void Pages(Checks checks, KeyDomain domain)
    {
        KeyedMemory memory = domain.Memory;
        checks.That("a domain has a key of its own, confirmed by smaps", domain.Key > 0 && memory.IsConfirmed(KeyMap.ReadSelf(), domain.Key), $"key {domain.Key}");
        checks.That("its pages are secret memory", memory.WhyNotSecret is null, memory.WhyNotSecret);
        domain.Open();
        bool isRefused = false;
        try
        {
            using SafeFileHandle file = File.OpenHandle("/proc/self/mem");
            _ = RandomAccess.Read(file, new byte[8], (long)memory.Address);
        }
        catch (IOException)
        {
            isRefused = true;
        }

        domain.Close();
        checks.That("the kernel does not read them, even in a window", isRefused);
    }

    private static void Windows(Checks checks, KeyDomain domain, FaultProbe probe)
    {
        ulong address = domain.Memory.Address;
        checks.That("a closed load is stopped by the key", IsKeyFault(probe.Load(address), domain, address));
        checks.That("a closed store is stopped by the key", IsKeyFault(probe.Store(address, 1), domain, address));
        domain.Open();
        checks.That("an open window loads and stores", probe.Store(address, 42).Signal == 0 && probe.Load(address).Signal == 0 && domain.Rights == KeyRights.ReadWrite);
        domain.OpenRead();
        checks.That("a window for reads loads", probe.Load(address).Signal == 0 && domain.Rights == KeyRights.Read);
        checks.That("and is stopped at a store", IsKeyFault(probe.Store(address, 1), domain, address));
        ulong[] registers = probe.Call(domain.Stubs.Address + (ulong)domain.Stubs.Code.Close);
        checks.That("close clears volatile registers", registers.All(register => register == 0), string.Join(' ', registers));
        checks.That("a load after it is stopped again", IsKeyFault(probe.Load(address), domain, address) && domain.Rights == KeyRights.None);
    }

    private static void Threads(Checks checks, KeyDomain domain, FaultProbe probe)
    {
        using var opened = new ManualResetEventSlim();
        using var looked = new ManualResetEventSlim();
        FaultRecord seen = default;
        KeyRights rights = default;
        var outside = new Thread(() =>
        {
            opened.Wait();
            seen = probe.Load(domain.Memory.Address);
            looked.Set();
        });
        outside.Start();
        domain.Open();
        opened.Set();
        looked.Wait();
        var inside = new Thread(() => rights = domain.Rights);
        inside.Start();
        inside.Join();
        domain.Close();
        outside.Join();
        checks.That("a window is closed to other threads", IsKeyFault(seen, domain, domain.Memory.Address));
        checks.That("a thread that is started in a window inherits it (a limit of the stubs alone)", rights == KeyRights.ReadWrite);
    }

    private static void OtherKeys(Checks checks, KeyDomain domain, KeyDomain other, FaultProbe probe)
    {
        other.OpenRead();
        uint before = other.Stubs.Register;
        domain.Open();
        bool isKept = other.Rights == KeyRights.Read && KeyRegister.With(before, domain.Key, KeyRights.ReadWrite) == domain.Stubs.Register;
        domain.Close();
        checks.That("windows leave other keys as they are", isKept && domain.Stubs.Register == before, $"{before:x8}");
        checks.That("and the other domain works on", probe.Load(other.Memory.Address).Signal == 0 && IsKeyFault(probe.Store(other.Memory.Address, 1), other, other.Memory.Address));
        other.Close();
    }

    private static void Constants(Checks checks, KeyDomain domain, KeyDomain other, KeyStubs constant, FaultProbe probe)
    {
        other.Open();
        constant.Open();
        checks.That(
            "stubs with constants open their key and close all others",
            probe.Load(domain.Memory.Address).Signal == 0 && IsKeyFault(probe.Load(other.Memory.Address), other, other.Memory.Address),
            $"{constant.Register:x8}");
        constant.Close();
        checks.That("and close it", IsKeyFault(probe.Load(domain.Memory.Address), domain, domain.Memory.Address) && constant.Register == KeyRegister.Initial);
    }

    private static void Jumps(Checks checks, KeyDomain domain, KeyDomain other, KeyStubs constant, KeyStubs strict, FaultProbe probe)
    {
        uint everything = 0;
        uint wanted = KeyRegister.With(KeyRegister.Initial, domain.Key, KeyRights.ReadWrite);
        uint both = KeyRegister.With(wanted, other.Key, KeyRights.ReadWrite);
        foreach (int entry in (int[])[constant.Code.Open, constant.Code.OpenRead, constant.Code.Close])
        {
            checks.That($"a jump to wrpkru at {entry:x} that opens everything meets the trap", IsTrap(probe.Jump(Write(constant, entry), everything)));
        }

        checks.That("so does one that opens one domain more (constants)", IsTrap(probe.Jump(Write(constant, constant.Code.Open), both)));
        checks.That("so does one into close that opens the domain", IsTrap(probe.Jump(Write(domain.Stubs, domain.Stubs.Code.Close), wanted)));
        checks.That("so does one into open_read that opens for writing", IsTrap(probe.Jump(Write(domain.Stubs, domain.Stubs.Code.OpenRead), wanted)));
        checks.That("so does one that opens a domain which has to be closed", IsTrap(probe.Jump(Write(strict, strict.Code.Open), both)));
        checks.That(
            "one that opens a domain of which the stub knows nothing passes (a limit of stubs that keep other keys)",
            probe.Jump(Write(domain.Stubs, domain.Stubs.Code.Open), both).Signal == 0);
        constant.Close();
    }

    private static void Code(Checks checks, KeyDomain domain, FaultProbe probe)
    {
        FaultRecord fault = probe.Load(domain.Stubs.Address);
        checks.That("the stubs can be executed and not read", fault is { Signal: FaultRecord.Segmentation, Code: FaultRecord.KeyError, Key: > 0 }, $"key {fault.Key}");
        checks.That("nor written", probe.Store(domain.Stubs.Address, 0).Signal == FaultRecord.Segmentation);
    }

    private static void Runtime(Checks checks, KeyDomain domain, FaultProbe probe)
    {
        domain.Open();
        for (int i = 0; i < 20; i++)
        {
            _ = new byte[100_000];
            GC.Collect();
        }

        checks.That("a window survives collections", probe.Load(domain.Memory.Address).Signal == 0 && domain.Rights == KeyRights.ReadWrite);
        try
        {
            throw new InvalidOperationException();
        }
        catch (InvalidOperationException)
        {
            checks.That("and a managed throw", domain.Rights == KeyRights.ReadWrite);
        }

        try
        {
            _ = Nothing()!.Length;
        }
        catch (NullReferenceException)
        {
            checks.That("a caught fault closes all windows of the thread: the kernel resets the register", domain.Stubs.Register == KeyRegister.Initial, $"{domain.Stubs.Register:x8}");
        }

        domain.Close();
    }

    private static void EncryptedRegions(Checks checks, FaultProbe probe)
    {
        using CryptRegion region = CryptRegion.Create(100);
        region.Open();
        region.Span.Fill(7);
        region.Close();
        bool isHidden = region.Span.IndexOfAnyExcept((byte)7) >= 0;
        region.Open();
        bool isBack = region.Span.IndexOfAnyExcept((byte)7) < 0;
        region.Close();
        checks.That("crypt works here", isHidden && isBack);
        FaultRecord fault = probe.Load(region.CodeAddress);
        checks.That("its AES keys can be executed and not read", fault is { Signal: FaultRecord.Segmentation, Code: FaultRecord.KeyError }, region.Isolation);
    }

    /// <summary>The method as woven programs use it.</summary>
    private static unsafe void EncryptedWindows(Checks checks)
    {
        WovenModule.Start(
            "Probe", AddressSpaceLayout.Version, "ProtMethod=crypt;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf;Callees=data");
        SafeRegion region = SafeRegion.Allocate(100);
        var closed = new ReadOnlySpan<byte>(region.Pointer, 100);
        bool isHidden = closed.ContainsAnyExcept((byte)0);
        byte mark;
        Window.Enter(DomainTable.NumberOf(DomainTable.DefaultName), 2, (nuint)(&mark));
        bool isText = !region.Span.ContainsAnyExcept((byte)0);
        Window.Leave((nuint)(&mark));
        checks.That("a window of crypt decrypts the region that is asked for", isHidden && isText && closed.ContainsAnyExcept((byte)0));
        checks.That("and nobody warns of keys that can be read", !MemSentryRuntime.Status.Warnings.Any(w => w.Contains("hidden", StringComparison.Ordinal)));
    }

    private static void Exhaustion(Checks checks)
    {
        int domains = 0;
        try
        {
            for (; domains < KeyRegister.Keys; domains++)
            {
                _ = KeyDomain.Create($"domain {domains}", PageLength);
            }

            checks.That("one domain too many is refused", false, domains);
        }
        catch (SafeRegionException refusal)
        {
            checks.That("one domain too many is refused", refusal.Code == RuntimeCode.NoProtectionKeyLeft, $"after {domains + 2}: {refusal.Message}");
        }
    }

    private static bool IsKeyFault(FaultRecord fault, KeyDomain domain, ulong address) =>
        fault is { Signal: FaultRecord.Segmentation, Code: FaultRecord.KeyError } && fault.Key == domain.Key && fault.Address == address;

    private static bool IsTrap(FaultRecord fault) => fault.Signal == FaultRecord.IllegalInstruction;

    /// <summary>The address of the wrpkru behind an entry. Found in the code as it was assembled: what is in the pages cannot be read.</summary>
    private static ulong Write(KeyStubs stubs, int entry)
    {
        ReadOnlySpan<byte> writeRegister = [0x0f, 0x01, 0xef];
        return stubs.Address + (ulong)(entry + stubs.Code.Bytes.AsSpan(entry).IndexOf(writeRegister));
    }

    private static string? Nothing() => null;

    private static void Check(SystemCallFailure? failure)
    {
        if (failure is not null)
        {
            throw new InvalidOperationException(failure.ToString());
        }
    }
}
