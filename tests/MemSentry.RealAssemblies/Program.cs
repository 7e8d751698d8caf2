using MemSentry.Analysis.Diagnostics;
using MemSentry.RealAssemblies.Checks;
using MemSentry.RealAssemblies.Workloads;

namespace MemSentry.RealAssemblies;

/// <summary>
/// Without arguments: checks all real assemblies and prints the figure <c>real-assemblies</c>. The other faces are what its children run,
/// in a folder whose copy of one assembly may be woven.
/// </summary>
public static class Program
{
    /// <summary>Runs.</summary>
    /// <returns>0 if all checks passed.</returns>
    public static int Main(string[] args)
    {
        switch (args)
        {
            case []:
                return Check();
            case ["compile", string file]:
                MemberCompilation.Run(file, Console.Out);
                return 0;
            case ["decode"]:
                DecodeWorkload.Run(Console.Out);
                return 0;
            case ["parse", string trace]:
                TraceWorkload.Run(trace, Console.Out);
                return 0;
            default:
                Console.Error.WriteLine("Usage: MemSentry.RealAssemblies [compile ASSEMBLY | decode | parse NETTRACE]");
                return 2;
        }
    }

    private static int Check()
    {
        try
        {
            using var checks = new RealAssemblyChecks();
            CheckResult[] results = [.. checks.Run()];
            foreach (CheckResult result in results)
                Console.WriteLine($"{(result.IsPassed ? "passed" : "FAILED"),-8}{result.Name,-58}{result.Detail}");
            int passed = results.Count(r => r.IsPassed);
            Console.WriteLine($"real-assemblies {passed}/{results.Length} passed/total");
            return passed == results.Length ? 0 : 1;
        }
        catch (Exception e) when (e is WeaveException or InvalidOperationException or IOException)
        {
            Console.Error.WriteLine($"real-assemblies could not be measured: {e.Message}");
            return 1;
        }
    }
}
