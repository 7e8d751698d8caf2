using MemSentry.Analysis.Options;

namespace MemSentry.Overhead.Subjects;

/// <summary>One way to build the kernels.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Options">How they are woven; null if they are not.</param>
internal sealed record Arm(string Name, WeaverOptions? Options)
{
    /// <summary>As the compiler made them.</summary>
    public static Arm Baseline { get; } = new("unwoven", null);

    /// <summary>The arms of one figure; the first is the baseline, the second what the figure is about.</summary>
    public static IReadOnlyList<Arm> Of(ProtectionMethod method, CheckedAccesses rw)
    {
        var options = new WeaverOptions { ProtMethod = method, Rw = rw };
        return
        [
            Baseline,
            new Arm("leaf", options),
            new Arm("frame", options with { Trust = PointerTrust.Frame }),
            new Arm("naive", options with { NoOptimize = true }),
        ];
    }

    /// <summary>The baseline, everything, and everything but one kind of proof, for each kind.</summary>
    public static IReadOnlyList<Arm> Ablation(ProtectionMethod method, CheckedAccesses rw)
    {
        var options = new WeaverOptions { ProtMethod = method, Rw = rw };
        return [Baseline, new Arm("all", options), .. Enum.GetValues<PlanningPass>().Select(p => new Arm($"-{p.ToString()[..6].ToLowerInvariant()}", options with { DisabledPass = p }))];
    }
}
