using System.Runtime;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Weaver;

namespace MemSentry.WeaveGrowth.Measuring;

/// <summary>
/// What one weave costs. The collector waits meanwhile: when it comes depends on what ran before, and one collection more or less would be the
/// figure. What it would have to do is told by the bytes. Before, it gives all memory back, so that every weave begins like that of a command line: the kernel clears each page
/// that it touches. On some machines that costs more than the weave itself, and it would befall one length and not the next, depending on what the collector had kept.
/// </summary>
/// <param name="Seconds">Processor time of the whole process.</param>
/// <param name="Bytes">Memory allocated.</param>
internal readonly record struct WeaveCost(double Seconds, double Bytes)
{
    /// <summary>Short weaves are repeated until about so many instructions were woven, so that a sample is long enough for the clock.</summary>
    private const int InstructionsPerSample = 16_000;

    /// <summary>What may come on top of the bytes that are expected.</summary>
    private const long Reserve = 16 << 20;

    /// <summary>Weaves an assembly from file to file, as the command line does it.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="expectedBytes">About what one weave of it allocates.</param>
    /// <exception cref="WeaveException">The weaver refused.</exception>
    /// <exception cref="InvalidOperationException">The collector ran all the same.</exception>
    public static WeaveCost Of(GrownAssembly assembly, double expectedBytes)
    {
        int times = Math.Max(1, InstructionsPerSample / assembly.Instructions);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (!GC.TryStartNoGCRegion((long)(times * expectedBytes) + Reserve))
            throw new InvalidOperationException("there is not enough memory to keep the collector away");

        TimeSpan before = Environment.CpuUsage.TotalTime;
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < times; i++)
            Weave(assembly.File);
        var cost = new WeaveCost((Environment.CpuUsage.TotalTime - before).TotalSeconds / times, (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / times);
        if (GCSettings.LatencyMode != GCLatencyMode.NoGCRegion)
            throw new InvalidOperationException($"a weave of '{Path.GetFileName(assembly.File)}' allocated much more than the one before");

        GC.EndNoGCRegion();
        return cost;
    }

    /// <summary>Weaves an assembly for the first time.</summary>
    /// <returns>The bytes that it allocated.</returns>
    /// <exception cref="WeaveException">The weaver refused.</exception>
    public static double BytesOf(GrownAssembly assembly)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        Weave(assembly.File);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private static void Weave(string file)
    {
        var diagnostics = new DiagnosticList();
        if (AssemblyWeave.Run(new(file, Path.ChangeExtension(file, ".woven.dll"), new WeaverOptions(), [AppContext.BaseDirectory]), diagnostics) is null)
            throw new WeaveException(diagnostics.First(d => d.Severity == DiagnosticSeverity.Error));
    }
}
