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
            int passed = 0;
            int total = 0;
            foreach (CheckResult result in checks.Run())
            {
                Console.WriteLine($"{(result.IsPassed ? "passed" : "FAILED"),-8}{result.Name,-90}{result.Detail}");
                total++;
                passed += result.IsPassed ? 1 : 0;
            }

            Console.WriteLine($"real-assemblies {passed}/{total} passed/total");
            return passed == total ? 0 : 1;
        }
        catch (Exception e) when (e is WeaveException or InvalidOperationException or IOException)
        {
            Console.Error.WriteLine($"real-assemblies could not be measured: {e.Message}");
            return 1;
        }
    }
}
