using System.Runtime.CompilerServices;
using MemSentry.CompilerServices;

namespace MemSentry.Runtime.Probe;

/// <summary>What the runtime says about regions, and how it bears load.</summary>
internal static class Reporting
{
    /// <summary>Asks before anything has started.</summary>
    public static int Status(string[] arguments)
    {
        Console.WriteLine(MemSentryRuntime.Status);
        return 0;
    }

    /// <summary>Forgets a region without disposing it, and lists what is left.</summary>
    public static int Abandon(string[] arguments)
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, Starting.Settings);
        AllocateAndForget();
        SafeRegion held = SafeRegion.Allocate(8, new SafeRegionOptions { Name = "held" });
        GC.Collect();
        GC.WaitForPendingFinalizers();
        foreach (LiveRegion region in MemSentryRuntime.GetLiveRegions())
        {
            string stack = region.CreationStack is null ? "unknown" : region.CreationStack.Contains(nameof(AllocateAndForget)) ? "here" : "elsewhere";
            Console.WriteLine($"{region.Name}: {region.Length} bytes, abandoned {region.IsAbandoned}, created {stack}");
        }

        held.Dispose();
        return 0;
    }

    /// <summary>Allocates, fills, checks and releases; the argument is the number of rounds.</summary>
    public static int Churn(string[] arguments)
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, Starting.Settings);
        for (int i = 0; i < int.Parse(arguments[0]); i++)
        {
            using SafeRegion region = SafeRegion.Allocate((nuint)(i * 97 % 6000 + 1), new SafeRegionOptions { Name = $"round {i}" });
            region.Span.Fill((byte)i);
            string garbage = new('x', 100 + i);
            if (region.Span.IndexOfAnyExcept((byte)i) >= 0 || garbage.Length != 100 + i)
            {
                throw new InvalidOperationException($"Round {i} read something else than it wrote.");
            }
        }

        Console.WriteLine("done");
        return 0;
    }

    /// <summary>Guard pages cost mappings, of which .NET needs some itself: the refusal must come in time and leave the arena usable.</summary>
    public static int ExhaustMappings(string[] arguments)
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, Starting.Settings);
        var regions = new List<SafeRegion>(100_000);
        SafeRegionException? refusal = null;
        while (refusal is null)
        {
            try
            {
                regions.Add(SafeRegion.Allocate(64, new SafeRegionOptions { GuardAtEnd = true }));
            }
            catch (SafeRegionException exhausted)
            {
                refusal = exhausted;
            }
        }

        regions.ForEach(region => region.Dispose());
        using SafeRegion afterwards = SafeRegion.Allocate(64, new SafeRegionOptions { GuardAtEnd = true });
        afterwards.Span.Fill(1);
        Console.WriteLine(refusal.Message);
        Console.WriteLine($"live afterwards: {MemSentryRuntime.Status.LiveRegions}");
        return 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AllocateAndForget() => SafeRegion.Allocate(24, new SafeRegionOptions { Name = "forgotten" }).Span.Fill(1);
}
