using System.Reflection;
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace MemSentry.SeededBugs.Finding;

/// <summary>
/// Runs tests of an assembly beside this one until one fails, and names that. It does what <c>dotnet test</c> does, without the three processes that takes, and builds
/// no fixture that is not asked for.
/// </summary>
public static class TestRun
{
    private const string FixturesToLoad = "LOAD";

    /// <summary>Runs.</summary>
    /// <param name="assembly">The assembly's path.</param>
    /// <param name="parts">Parts of the full names of the fixtures, between dots.</param>
    /// <returns>0 if there are tests, and all of them pass.</returns>
    public static int Run(string assembly, string[] parts)
    {
        Type[] fixtures = [.. Assembly.LoadFrom(assembly).GetTypes().Where(t => Array.Exists(parts, p => $".{t.FullName}.".Contains(p, StringComparison.Ordinal)))];
        var runner = new NUnitTestAssemblyRunner(new DefaultTestAssemblyBuilder());
        runner.Load(assembly, new Dictionary<string, object> { [FixturesToLoad] = fixtures.Select(t => t.FullName).ToArray() });
        ITestResult result = runner.Run(new StopAtFailure(runner), TestFilter.Empty);
        Console.WriteLine($"{result.PassCount} of {result.TotalCount} passed");
        return result.PassCount > 0 && result.PassCount == result.TotalCount ? 0 : 1;
    }
}
