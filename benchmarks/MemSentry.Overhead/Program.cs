using System.Globalization;
using System.Reflection;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Benchmarks.Comparing;
using MemSentry.Overhead.Counting;
using MemSentry.Overhead.Measuring;
using MemSentry.Overhead.Reports;
using MemSentry.Overhead.Subjects;

namespace MemSentry.Overhead;

/// <summary>
/// Prints a figure <c>overhead-RW-METHOD</c>, the geometric mean over all kernels of woven time over unwoven time; or <c>checks-left</c>, how many
/// accesses of real assemblies are left to check; or <c>checks-per-origin</c>, how many checks there are for each value that is accessed. <c>ablation</c> prints a document.
/// </summary>
public static class Program
{
    private const string Usage = "Usage: MemSentry.Overhead r|w|rw mpx|sfi [PART-OF-A-KERNEL'S-NAME] | ablation [mpx|sfi] | checks-left | checks-per-origin";

    /// <summary>Runs.</summary>
    /// <returns>0 if it could be measured.</returns>
    public static int Main(string[] args)
    {
        if (args is ["checks-left"])
            return Report(() => CountChecks(new WeaverOptions()));

        if (args is ["checks-per-origin"])
            return Report(() => CountOrigins(new WeaverOptions()));

        if (args is [.. var task, ProcessSamples.InThisProcess, var number, var folder] && ArmsOf(task) is { } own)
            return Report(() => MeasureInThisProcess(own, KernelsOf(task), int.Parse(number, CultureInfo.InvariantCulture), folder));

        if (args is ["ablation"] or ["ablation", "mpx" or "sfi"])
            return Report(() => Ablate(args.ElementAtOrDefault(1)));

        if (ArmsOf(args) is not { } arms)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        return Report(() => FormattableString.Invariant($"overhead-{args[0]}-{args[1]} {Measure(args, arms):F3} ratio"));
    }

    /// <summary>The arms that arguments ask for; null if they are wrong.</summary>
    private static IReadOnlyList<Arm>? ArmsOf(string[] args)
    {
        if (args is ["ablation", "mpx" or "sfi"])
            return Arm.Ablation(args[1] == "sfi" ? ProtectionMethod.Sfi : ProtectionMethod.Mpx, CheckedAccesses.ReadWrite);

        var settings = new DiagnosticList();
        WeaverOptions options = args is [string rw, string method, ..] ? OptionCatalog.Parse([new("Rw", rw), new("ProtMethod", method)], settings) : new();
        return args.Length is 2 or 3 && !settings.HasErrors && options.ProtMethod != ProtectionMethod.None ? Arm.Of(options.ProtMethod, options.Rw) : null;
    }

    private static KernelEntry[] KernelsOf(string[] args)
    {
        string part = args.ElementAtOrDefault(2) ?? "";
        KernelEntry[] kernels = [.. KernelList.Read().Where(k => k.Name.Contains(part, StringComparison.Ordinal))];
        return kernels.Length > 0 ? kernels : throw new InvalidDataException($"there is no kernel '{part}'");
    }

    private static int Report(Func<string> figure) => Report(() => Console.WriteLine(figure()));

    private static int Report(Action report)
    {
        try
        {
            report();
            return 0;
        }
        catch (Exception e) when (e is WeaveException or IOException or InvalidDataException)
        {
            Console.Error.WriteLine($"It could not be measured: {e.Message}");
            return 1;
        }
    }

    private static string CountChecks(WeaverOptions options)
    {
        CheckCount sum = CorpusCount.Print(options);
        return FormattableString.Invariant($"checks-left {100.0 * sum.Checks / sum.Accesses:F1} %");
    }

    private static string CountOrigins(WeaverOptions options)
    {
        CheckCount sum = CorpusCount.Print(options);
        return FormattableString.Invariant($"checks-per-origin {(double)sum.Checks / sum.Origins:F2} ratio");
    }

    private static void Ablate(string? method)
    {
        AblationReport.PrintTitle();
        foreach (ProtectionMethod each in ((ProtectionMethod[])[ProtectionMethod.Mpx, ProtectionMethod.Sfi]).Where(m => method is null || m.ToString().Equals(method, StringComparison.OrdinalIgnoreCase)))
        {
            string[] task = ["ablation", each.ToString().ToLowerInvariant()];
            IReadOnlyList<Arm> arms = ArmsOf(task)!;
            AblationReport.Print(each, arms, () => Measure(task, arms), arm => CorpusCount.PrintSum(arm.Options!, arm.Name));
        }
    }

    private static double Measure(string[] args, IReadOnlyList<Arm> arms)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("memsentry-overhead-");
        try
        {
            foreach (Arm arm in arms)
                ArmAssembly.Weave(arm, folder.FullName);

            return OverheadTable.Print(ProcessSamples.Take(args, folder.FullName, KernelsOf(args)), arms, masks: args[1] == "sfi");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string MeasureInThisProcess(IReadOnlyList<Arm> arms, KernelEntry[] kernels, int process, string folder)
    {
        Assembly[] assemblies = [.. arms.Select(a => ArmAssembly.Load(a, folder, process))];
        var placement = new CodePlacement(process);
        return string.Join('\n', kernels.Select(k => ProcessSamples.Line(KernelComparison.Of(k, assemblies, placement))));
    }
}
