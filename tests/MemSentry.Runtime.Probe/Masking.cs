using System.Runtime.InteropServices;
using MemSentry.CompilerServices;
using MemSentry.Native;

namespace MemSentry.Runtime.Probe;

/// <summary>Programs that are woven with the method <c>sfi</c>, and what happens to them.</summary>
internal static unsafe partial class Masking
{
    private const int PrivateAnonymous = 0x22;
    private const int In32Bits = 0x40;

    public static int Start(string[] arguments)
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, Starting.MaskingSettings);
        return Starting.UseRegion();
    }

    /// <summary>A module that checks starts first, then one that masks.</summary>
    public static int StartBesideChecks(string[] arguments)
    {
        WovenModule.Start("Checks", AddressSpaceLayout.Version, Starting.Settings);
        Console.WriteLine($"before: {MemSentryRuntime.Status.FaultHandler}");
        WovenModule.Start("Masks", AddressSpaceLayout.Version, Starting.MaskingSettings);
        Console.WriteLine($"after: {MemSentryRuntime.Status.FaultHandler}");
        return Starting.UseRegion();
    }

    /// <summary>Something lies where null pointers are led.</summary>
    public static int StartBesideStranger(string[] arguments)
    {
        const int FixedNoReplace = 0x100000;
        void* at = LibC.Map((void*)(NullAccesses.Mask + 4096), 4096, (int)MemoryProtection.Read, PrivateAnonymous | FixedNoReplace, -1, 0);
        return at == (void*)(NullAccesses.Mask + 4096) ? Start([]) : throw new InvalidOperationException("The scenario could not be set up: mmap was refused.");
    }

    /// <summary>A masked access to a place in the block; arguments: the place, and <c>load</c> or <c>store</c>.</summary>
    public static int Access(string[] arguments)
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, Starting.MaskingSettings);
        byte* target = Place(arguments[0]);
        Console.WriteLine($"touching {(ulong)target:x}");
        int value = arguments[1] == "load" ? NullAccesses.Load(target, NullAccesses.Mask) : NullAccesses.Store(target, NullAccesses.Mask);
        Console.WriteLine($"survived {value}");
        return 0;
    }

    /// <summary>The C library writes where woven code has sent it.</summary>
    public static int AccessFromNativeCode(string[] arguments)
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, Starting.MaskingSettings);
        Fill((byte*)((nuint)Place("region") | NullAccesses.Mask), 1, 100);
        return 0;
    }

    public static int AccessOnManyThreads(string[] arguments)
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, Starting.MaskingSettings);
        byte* target = Place("region");
        using var together = new ManualResetEventSlim();
        var threads = new Thread[8];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(() =>
            {
                together.Wait();
                NullAccesses.Store(target, NullAccesses.Mask);
            });
            threads[i].Start();
        }

        together.Set();
        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        return 0;
    }

    /// <summary>Memory appears below the mask's bit after the start, and masked code uses it.</summary>
    public static int AccessLowMapping(string[] arguments)
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, Starting.MaskingSettings);
        void* page = LibC.Map(null, 4096, (int)MemoryProtection.ReadWrite, PrivateAnonymous | In32Bits, -1, 0);
        Console.WriteLine($"page {(ulong)page:x}");
        Console.WriteLine(MemSentryRuntime.Status);
        return NullAccesses.Store((byte*)page + 16, NullAccesses.Mask);
    }

    public static int OverflowStack(string[] arguments)
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, Starting.MaskingSettings);
        return Recurse(1);

        static int Recurse(int depth) => Recurse(depth + 1) + depth;
    }

    private static byte* Place(string name) => name switch
    {
        "region" => SafeRegion.Allocate(100, new SafeRegionOptions { Name = "session key" }).Pointer + 42,
        "long-name" => SafeRegion.Allocate(100, new SafeRegionOptions { Name = new string('n', 100) }).Pointer,
        "unnamed" => Second().Pointer + 99,
        "large" => SafeRegion.Allocate(3_000_000_000, new SafeRegionOptions { Name = "large" }).Pointer + 2_999_999_999,
        "released" => Released(),
        "behind" => SafeRegion.Allocate(100, new SafeRegionOptions { GuardAtEnd = true, Alignment = 4, Name = "guarded" }).Pointer + 100,
        "arena" => (byte*)AddressSpaceLayout.ArenaStart + AddressSpaceLayout.ArenaLength - 1,
        "guard" => (byte*)AddressSpaceLayout.BlockStart,
        "header" => (byte*)AddressSpaceLayout.ArenaStart,
        _ => throw new ArgumentException($"No place is called '{name}'."),
    };

    private static SafeRegion Second()
    {
        SafeRegion.Allocate(100, new SafeRegionOptions { Name = "another" });
        return SafeRegion.Allocate(100);
    }

    private static byte* Released()
    {
        SafeRegion region = SafeRegion.Allocate(64, new SafeRegionOptions { Name = "old key" });
        byte* stale = region.Pointer;
        region.Dispose();
        return stale;
    }

    [LibraryImport("libc", EntryPoint = "memset")]
    private static partial void* Fill(byte* target, int value, nuint length);
}
