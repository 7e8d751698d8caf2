using MemSentry.CompilerServices;
using MemSentry.Domains;
using MemSentry.Native;
using MemSentry.Native.ProtectionKeys;

namespace MemSentry.Runtime.Probe;

/// <summary>The kernel refuses a single call in the life of a region.</summary>
internal static unsafe class Refusing
{
    private const uint Open = 2;
    private const uint OpenAt = 257;
    private const uint Mprotect = 10;
    private const uint SignalAction = 13;
    private const uint Mseal = 462;

    private static readonly int Default = DomainTable.NumberOf(DomainTable.DefaultName);

    /// <summary>A single call of a start, or of the first allocation: the number, the address in hexadecimal, the third argument.</summary>
    public static int Start(string[] arguments)
    {
        KernelRefusal.Of(uint.Parse(arguments[1]), Convert.ToUInt64(arguments[2], 16), uint.Parse(arguments[3]), KernelRefusal.OutOfMemory);
        Start(arguments[0]);
        return Starting.UseRegion();
    }

    /// <summary>Pages for small regions that cannot be sealed, again and again; with an argument, those behind a slab that could be.</summary>
    public static int Seals(string[] arguments)
    {
        Start("mpx");
        if (arguments.Length > 0)
        {
            SafeRegion.Allocate(1000);
        }

        KernelRefusal.OfArena(Mseal, 0, KernelRefusal.OutOfMemory);
        for (int i = 0; i < 3; i++)
        {
            try
            {
                SafeRegion.Allocate(64);
            }
            catch (SafeRegionException refusal)
            {
                Console.WriteLine(refusal.Message);
            }
        }

        Console.WriteLine($"left: {MemSentryRuntime.Status.CommittedBytes} bytes");
        return 0;
    }

    /// <summary>Records that cannot be closed behind an allocation.</summary>
    public static int Records(string[] arguments)
    {
        Start("mprotect");
        SafeRegion.Allocate(64);
        KernelRefusal.Of(Mprotect, AddressSpaceLayout.ArenaStart, (uint)MemoryProtection.Read, KernelRefusal.OutOfMemory);
        try
        {
            SafeRegion.Allocate(64);
        }
        catch (SafeRegionException refusal)
        {
            Console.WriteLine(refusal.Message);
        }

        Console.WriteLine($"live: {MemSentryRuntime.Status.LiveRegions}");
        return 0;
    }

    /// <summary>What could not become read-only can still be written, and disposed.</summary>
    public static int ReadOnly(string[] arguments)
    {
        Start("mprotect");
        SafeRegion region = SafeRegion.Allocate(64, new() { OwnPages = true });
        KernelRefusal.Of(Mprotect, (ulong)region.Pointer & ~4095UL, (uint)MemoryProtection.Read, KernelRefusal.OutOfMemory);
        try
        {
            region.MakeReadOnly();
        }
        catch (SafeRegionException refusal)
        {
            Console.WriteLine($"{refusal.Code}, read-only: {region.IsReadOnly}");
        }

        byte mark;
        Window.Enter(Default, 2, (nuint)(&mark));
        region.Span.Fill(0x5a);
        Window.Leave((nuint)(&mark));
        region.Dispose();
        Console.WriteLine("written and disposed");
        return 0;
    }

    /// <summary>A read-only region that cannot be made writable to be overwritten.</summary>
    public static int Overwriting(string[] arguments)
    {
        Start("mpx");
        SafeRegion region = SafeRegion.Allocate(64, new() { OwnPages = true });
        region.Span.Fill(0x5a);
        ulong address = (ulong)region.Pointer;
        region.MakeReadOnly();
        KernelRefusal.Of(Mprotect, address & ~4095UL, (uint)MemoryProtection.ReadWrite, KernelRefusal.OutOfMemory);
        try
        {
            region.Dispose();
        }
        catch (SafeRegionException refusal)
        {
            Console.WriteLine(refusal.Code);
        }

        // The kernel gives what the page refuses.
        using var memory = new FileStream("/proc/self/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        memory.Position = (long)address;
        Console.WriteLine($"left: {memory.ReadByte()}, quarantined: {MemSentryRuntime.Status.QuarantinedRegions}");
        return 0;
    }

    /// <summary>A large region is disposed where no file can be opened, its map of touched pages included.</summary>
    public static int Touched(string[] arguments)
    {
        Start("mprotect");
        SafeRegion region = SafeRegion.Allocate(2 << 20);
        byte mark;
        Window.Enter(Default, 2, (nuint)(&mark));
        region.Span.Fill(0x5a);
        Window.Leave((nuint)(&mark));
        AppDomain.CurrentDomain.FirstChanceException += (_, _) => Console.WriteLine($"observed, live: {MemSentryRuntime.GetLiveRegions().Count}");
        Console.WriteLine("no more files");
        KernelRefusal.Of(OpenAt, KernelRefusal.TooManyFiles);
        KernelRefusal.Of(Open, KernelRefusal.TooManyFiles);
        region.Dispose();
        Console.WriteLine("disposed");
        return 0;
    }

    /// <summary>An observer of the exception that says that no page can be had.</summary>
    public static int Allocating(string[] arguments)
    {
        Start("mpx");
        SafeRegion kept = SafeRegion.Allocate(64);
        bool isObserved = false;
        AppDomain.CurrentDomain.FirstChanceException += (_, thrown) =>
        {
            if (!isObserved)
            {
                isObserved = true;
                Console.WriteLine($"{((SafeRegionException)thrown.Exception).Code}, live: {MemSentryRuntime.Status.LiveRegions}");
                try
                {
                    kept.Dispose();
                }
                catch (SafeRegionException refusal)
                {
                    Console.WriteLine(refusal.Message);
                }
            }
        };
        KernelRefusal.OfArena(Mprotect, (uint)MemoryProtection.ReadWrite, KernelRefusal.OutOfMemory);
        try
        {
            SafeRegion.Allocate(40_000);
        }
        catch (SafeRegionException refusal)
        {
            Console.WriteLine($"{refusal.Code}, live: {MemSentryRuntime.Status.LiveRegions}");
        }

        kept.Dispose();
        Console.WriteLine($"live: {MemSentryRuntime.Status.LiveRegions}");
        return 0;
    }

    /// <summary>A module waits for one that cannot start for a reason that nobody has foreseen, and cannot either; then comes a third one.</summary>
    public static int Signals(string[] arguments)
    {
        string settings = With("mprotect");
        bool wasAsked = false;
        AppDomain.CurrentDomain.FirstChanceException += (_, _) =>
        {
            if (!wasAsked)
            {
                wasAsked = true;
                WovenModule.Start("Second", AddressSpaceLayout.Version, settings);
            }
        };
        KernelRefusal.Of(SignalAction, KernelRefusal.NotPermitted);
        foreach (string module in (string[])["First", "Third"])
        {
            try
            {
                WovenModule.Start(module, AddressSpaceLayout.Version, settings);
                Console.WriteLine($"{module} has started");
            }
            catch (InvalidOperationException)
            {
                Console.WriteLine($"{module} is refused");
            }
        }

        return 0;
    }

    /// <summary>Started with <c>ulimit -l 0</c>.</summary>
    public static int Locking(string[] arguments)
    {
        Capabilities.DropAllOnThisThread();
        Start("crypt");
        SafeRegion.Allocate(64);
        Console.WriteLine(MemSentryRuntime.Status);
        return 0;
    }

    /// <summary>Likewise. Secret memory in the middle of a reserved range, with the key that means none.</summary>
    public static int Secret(string[] arguments)
    {
        const ulong length = 64 * 1024;
        Capabilities.DropAllOnThisThread();
        AddressSpace.ReserveAnywhere(3 * length, out ulong start);
        Console.WriteLine(KeyedMemory.Replace(-1, start + length, length, out KeyedMemory? memory)?.ToString() ?? "replaced");
        Console.WriteLine(memory?.WhyNotSecret);
        MemoryMap map = MemoryMap.ReadSelf();
        Console.WriteLine($"whole: {map.Covers(start, start + (3 * length))}, {string.Join(' ', map.Overlapping(start + length, start + length + 1).Select(range => range.Permissions))}");
        return 0;
    }

    private static void Start(string method) => WovenModule.Start("Probe", AddressSpaceLayout.Version, With(method));

    private static string With(string method) => (method == "mpx" ? Starting.Settings : Windowing.Settings).Replace("ProtMethod=mpx", "ProtMethod=" + method, StringComparison.Ordinal);
}
