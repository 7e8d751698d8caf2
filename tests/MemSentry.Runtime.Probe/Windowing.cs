using MemSentry.CompilerServices;
using MemSentry.Domains;
using MemSentry.Native;

namespace MemSentry.Runtime.Probe;

/// <summary>Windows of the methods <c>mprotect</c> and <c>crypt</c>, opened by hand as gates do it.</summary>
internal static unsafe class Windowing
{
    public const string Settings = Starting.Settings + ";Callees=data";

    private static readonly int Default = DomainTable.NumberOf(DomainTable.DefaultName);

    /// <summary>Opens and closes, and lists what the kernel says of the region's page.</summary>
    public static int Switch(string[] arguments)
    {
        SafeRegion region = Start();
        byte mark;
        Print(region, "closed");
        Window.Enter(Default, 1, (nuint)(&mark));
        Print(region, "reading");
        Window.Suspend((nuint)(&mark) - 8);
        Print(region, "suspended");
        Window.Resume((nuint)(&mark) - 8);
        Print(region, "resumed");
        Window.Leave((nuint)(&mark));
        Window.Leave((nuint)(&mark));
        Print(region, "closed");
        Window.Enter(Default, 2, (nuint)(&mark));
        Print(region, "writing");
        Window.Leave((nuint)(&mark));
        Console.WriteLine(MemSentryRuntime.Status);
        return 0;
    }

    /// <summary>Woven for another layout: whitelisted code can use its regions, because nothing protects them.</summary>
    public static int WithLayout(string[] arguments)
    {
        WovenModule.Start("Probe", int.Parse(arguments[0]), With("mprotect"));
        byte mark;
        SafeRegion region = SafeRegion.Allocate(64);
        Window.Enter(Default, 2, (nuint)(&mark));
        Window.Require(Default, 2);
        *region.Pointer = 1;
        Window.Leave((nuint)(&mark));
        Console.WriteLine(MemSentryRuntime.Status);
        return 0;
    }

    /// <summary>As a body that was entered without its gate.</summary>
    public static int Require(string[] arguments)
    {
        Start();
        Window.Require(Default, 1);
        return 0;
    }

    /// <summary>As a gate whose body the JIT cannot compile: without its arguments, a generic member has none.</summary>
    public static int PrepareImpossible(string[] arguments)
    {
        Start();
        WindowBody.Prepare(typeof(Array).GetMethod(nameof(Array.Empty))!.MethodHandle);
        return 0;
    }

    public static int ExhaustDomains(string[] arguments)
    {
        Start();
        for (int i = 0; i < DomainTable.Capacity; i++)
        {
            SafeRegion.Allocate(16, new() { Domain = $"domain {i}" });
        }

        return 0;
    }

    /// <summary>Each window suspends the one before, so that none can stand for the next.</summary>
    public static int ExhaustWindows(string[] arguments)
    {
        Start();
        for (nuint frame = 1 << 30; ; frame -= 16)
        {
            Window.Enter(Default, 2, frame);
            Window.Suspend(frame - 8);
        }
    }

    /// <summary>Threads that are refused a window, more than have a place at once, while one thread has all windows that there are.</summary>
    public static int ExhaustWindowsBesideThreads(string[] arguments)
    {
        Start();
        nuint first = 1 << 30;
        for (nuint frame = first; TryEnter(frame); frame -= 16)
        {
            Window.Suspend(frame - 8);
        }

        for (int i = 0; i < 4000; i++)
        {
            OnThread(() => TryEnter(1 << 20));
        }

        // This thread's own place is not the one that another gets.
        Window.Leave(first);
        Window.Enter(Default, 2, first);
        Console.WriteLine($"a window for another thread: {OnThread(() => TryEnter(1 << 20))}");
        return 0;
    }

    private static bool TryEnter(nuint frame)
    {
        try
        {
            Window.Enter(Default, 2, frame);
            return true;
        }
        catch (SafeRegionException)
        {
            return false;
        }
    }

    private static bool OnThread(Func<bool> body)
    {
        bool result = false;
        var thread = new Thread(() => result = body(), maxStackSize: 128 * 1024);
        thread.Start();
        thread.Join();
        return result;
    }

    /// <summary>The kernel does not let anybody change the rights of a sealed page.</summary>
    public static int SealRegion(string[] arguments)
    {
        SafeRegion region = Start();
        if (AddressSpace.Seal((ulong)region.Pointer & ~4095UL, 4096) is { } refused)
        {
            Console.WriteLine(refused);
            return 3;
        }

        byte mark;
        Window.Enter(Default, 2, (nuint)(&mark));
        return 0;
    }

    /// <summary>A module of another method, before or after.</summary>
    public static int Mix(string[] arguments)
    {
        WovenModule.Start("First", AddressSpaceLayout.Version, With(arguments[0]));
        WovenModule.Start("Second", AddressSpaceLayout.Version, With(arguments[1]));
        return 0;
    }

    /// <summary>Two modules, each with what it says about domains.</summary>
    public static int Claim(string[] arguments)
    {
        WovenModule.Start("First", AddressSpaceLayout.Version, With(arguments[0]) + ";DomainMethods=" + arguments[1]);
        SafeRegion.Allocate(64, new() { Domain = "tables" });
        WovenModule.Start("Second", AddressSpaceLayout.Version, With(arguments[0]) + ";DomainMethods=" + arguments[2]);
        Console.WriteLine("both started");
        return 0;
    }

    /// <summary>A region of crypt opens where it is asked for in a window, and only there.</summary>
    public static int Encrypt(string[] arguments)
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, With("crypt"));
        SafeRegion region = SafeRegion.Allocate(64, new() { Name = "probe" });
        byte* address = region.Pointer;
        byte mark;
        Print(address, "closed");
        Window.Enter(Default, 2, (nuint)(&mark));
        Print(address, "window");
        _ = region.Pointer;
        Print(address, "asked for");
        Window.Suspend((nuint)(&mark) - 8);
        Print(address, "suspended");
        Window.Resume((nuint)(&mark) - 8);
        Print(address, "resumed");
        Window.Leave((nuint)(&mark));
        Print(address, "closed");
        Console.WriteLine(MemSentryRuntime.Status);
        return 0;
    }

    public static int MakeReadOnly(string[] arguments)
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, With("crypt"));
        SafeRegion.Allocate(64, new() { Name = "probe", OwnPages = true }).MakeReadOnly();
        return 0;
    }

    private static void Print(byte* address, string state)
    {
        var bytes = new ReadOnlySpan<byte>(address, 64);
        Console.WriteLine($"{state}: {(bytes.ContainsAnyExcept((byte)0) ? "ciphertext" : "text")}");
    }

    private static SafeRegion Start()
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, With("mprotect"));
        return SafeRegion.Allocate(64, new() { Name = "probe" });
    }

    private static string With(string method) => (method is "mprotect" or "crypt" ? Settings : Starting.Settings).Replace("ProtMethod=mpx", "ProtMethod=" + method, StringComparison.Ordinal);

    private static void Print(SafeRegion region, string state)
    {
        ulong address = (ulong)region.Pointer;
        Console.WriteLine($"{state}: {MemoryMap.ReadSelf().Overlapping(address, address + 1).Single().Permissions}");
    }
}
