using System.CommandLine;
using MemSentry.Fuzzing.Campaign;
using MemSentry.Fuzzing.Domains.Running;
using MemSentry.Fuzzing.Running;

namespace MemSentry.Fuzzing;

/// <summary>The fuzzer as a program; without arguments it measures and prints the figure <c>fuzz</c>.</summary>
public static class Program
{
    /// <summary>Runs.</summary>
    /// <returns>0 if enough was run and nothing found, 1 if not.</returns>
    public static int Main(string[] args)
    {
        // The child's own face, which no user types.
        if (args is ["run", string positionFile])
            return Runner.Run(positionFile);
        if (args is ["windows", string file, string method])
            return ScenarioRunner.Run(file, method);

        RootCommand root = FuzzCommand.Create();
        root.Add(ShowCommand.Create());
        root.Add(ReplayCommand.Create());
        return root.Parse(args).Invoke();
    }
}
