using System.Runtime.InteropServices;
using MemSentry.Analysis.Options;
using MemSentry.Overhead.Subjects;

namespace MemSentry.Overhead.Reports;

/// <summary>The document <c>ablation.md</c>: what each kind of proof is worth, for one method after the other.</summary>
internal static class AblationReport
{
    private const string ProcessorInformation = "/proc/cpuinfo";

    /// <summary>Prints what all tables have in common.</summary>
    public static void PrintTitle() => Console.WriteLine($"""
        # What each kind of proof is worth
        `dotnet run -c Release --project benchmarks/MemSentry.Overhead -- ablation > benchmarks/MemSentry.Overhead/ablation.md` writes this file; `ablation mpx` or `ablation sfi` prints one method.

        The kernels are woven with all proofs, and with one kind left out each (`DisablePass`): woven over unwoven processor time, side by side in one process, the median of
        its rounds and then the mean of the middle half of several processes, each of which has its code at other places. {Processor()},
        {RuntimeInformation.FrameworkDescription}.
        """);

    /// <summary>Prints one method: the kernels, then the corpus.</summary>
    /// <param name="method">The method.</param>
    /// <param name="arms">The baseline, everything, and everything but one kind of proof.</param>
    /// <param name="kernels">Measures and prints the kernels.</param>
    /// <param name="corpus">Counts and prints the checks that one arm leaves in the corpus.</param>
    public static void Print(ProtectionMethod method, IReadOnlyList<Arm> arms, Action kernels, Action<Arm> corpus)
    {
        Console.WriteLine();
        Console.WriteLine($"## {method.ToString().ToLowerInvariant()}");
        Console.WriteLine(string.Join(", ", arms.Where(a => a.Options?.DisabledPass is not null).Select(a => $"`{a.Name}` is without `{a.Options!.DisabledPass}`")) + ".");
        if (method == ProtectionMethod.Mpx)
            Console.WriteLine("Masks have no part in `mpx`, so what their column differs from the first is noise.");
        Console.WriteLine("```");
        kernels();
        Console.WriteLine("```");
        Console.WriteLine("Checks that are left in the corpus, in percent of the accesses through raw pointers:");
        Console.WriteLine("```");
        foreach (Arm arm in arms.Where(a => a.Options is not null))
            corpus(arm);
        Console.WriteLine("```");
    }

    private static string Processor() =>
        File.Exists(ProcessorInformation) && File.ReadLines(ProcessorInformation).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? $"{line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()}, {Environment.ProcessorCount} processors"
            : $"{RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors";
}
