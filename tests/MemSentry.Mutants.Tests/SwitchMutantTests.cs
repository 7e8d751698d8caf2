using MemSentry.Mutants.Reporting;
using MemSentry.Mutants.Switches;
using MemSentry.Windows;

namespace MemSentry.Mutants.Tests;

/// <summary>The gates and bodies of all domain-based methods with one thing broken, one after the other: the verifier must reject each.</summary>
public sealed class SwitchMutantTests
{
    private static IEnumerable<TestCaseData> All() =>
        from method in WindowProgram.Methods
        from kind in SwitchKind.For(method)
        select new TestCaseData(method, kind).SetArgDisplayNames(method, kind.Name);

    [TestCaseSource(nameof(All))]
    public void The_verifier_rejects(string method, SwitchKind kind)
    {
        using var program = new WovenProgram(method);
        var report = new MutantReport([.. SwitchRounds.Run(program, kind, perKind: 4)], []);

        Assert.That(report.IsPerfect, string.Join('\n', report.Lines()));
    }
}
