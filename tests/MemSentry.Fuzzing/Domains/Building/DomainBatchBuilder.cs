using System.Globalization;
using System.Text.RegularExpressions;
using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Domains.CSharp;
using MemSentry.Fuzzing.Judging;
using MemSentry.Fuzzing.Running;

namespace MemSentry.Fuzzing.Domains.Building;

/// <summary>Compiles a batch of scenarios, weaves it in all its ways, and has every result verified.</summary>
/// <param name="engine">Weaves it.</param>
/// <param name="root">The folder for everything.</param>
/// <param name="change">What to do to a woven assembly before it runs: for those who look whether a broken one is found out.</param>
public sealed partial class DomainBatchBuilder(Engine engine, string root, Action<string>? change = null)
{
    private static readonly PreludeCompiler Compiler = new(ScenarioFiles.Prelude);

    /// <summary>Builds a batch.</summary>
    public BuiltBatch Build(DomainBatch batch)
    {
        string folder = Directory.CreateDirectory(Path.Combine(root, batch.Name)).FullName;
        string unwoven = Path.Combine(folder, batch.Name + ".dll");
        File.WriteAllBytes(unwoven, Compiler.Compile(ScenarioFiles.Of(batch.Scenarios, batch.Arms.Any(a => a.ClosesForFramework)), batch.Configuration, batch.Name));
        var woven = new List<WovenFile>();
        var findings = new List<Finding>();
        foreach (DomainArm arm in batch.Arms)
        {
            string output = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, arm.Name)).FullName, batch.Name + ".dll");
            string[] errors = engine.Weave(unwoven, output, arm.Settings);
            findings.AddRange(errors.Select(e => new Finding(FindingKind.WeaveFailed, ScenarioIn(e), arm.Name, "", e)));
            if (errors.Length > 0)
                continue;
            findings.AddRange(Verify(output, arm));
            change?.Invoke(output);
            woven.Add(new(arm.Name, output, Reads: true, Writes: true, arm.StaysOpenForCallees));
        }

        return new(new(unwoven, woven, [.. batch.Scenarios.Select((_, i) => new RunMember(i, 1, true))], 0), findings, new Dictionary<int, string>());
    }

    private static IEnumerable<Finding> Verify(string file, DomainArm arm) =>
        Verifier.AssemblyVerification.Run(new(file, [AppContext.BaseDirectory])).Findings
            .Select(f => new Finding(FindingKind.Rejected, ScenarioIn(f.Member ?? ""), arm.Name, "", f.ToString()));

    /// <summary>The number of the scenario that a text speaks of, -1 if of none.</summary>
    private static int ScenarioIn(string text) =>
        ClassName().Match(text) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : -1;

    [GeneratedRegex(ScenarioFiles.Namespace + @"\.S(\d+)\b")]
    private static partial Regex ClassName();
}
