using MemSentry.Mutants.Reporting;
using MemSentry.Mutants.Running;
using MemSentry.Mutants.Survivors;

namespace MemSentry.Mutants.Tests;

/// <summary>What a campaign has to show, and what makes it fail.</summary>
[TestFixture]
internal sealed class ReportTests
{
    private static readonly Judged[] Rejected = [.. Enumerable.Range(0, 199).Select(i => Of($"m{i}", Verdict.Rejected))];

    private static readonly Survivor Explained = new("kind | how | subject | survivor", "It is the same.");

    [Test]
    public void Survivor_with_a_reason_is_in_order() => Assert.That(new MutantReport([.. Rejected, Of("survivor", Verdict.Accepted)], [Explained]).IsPerfect);

    [Test]
    public void Survivor_without_a_reason_fails() => AssertFails(new MutantReport([.. Rejected, Of("survivor", Verdict.Accepted)], []), "accepted without a reason: kind | how | subject | survivor");

    [Test]
    public void Reason_without_a_survivor_is_stale() => AssertFails(new MutantReport(Rejected, [Explained]), "has a reason but is not accepted any more: kind | how | subject | survivor");

    [Test]
    public void Mutant_that_is_no_IL_fails() => AssertFails(new MutantReport([.. Rejected, Of("nonsense", Verdict.NotUnderstood)], []), "not understood, so that it proves nothing: kind | how | subject | nonsense");

    [Test]
    public void Too_many_survivors_fail_whatever_their_reasons()
    {
        Judged[] judged = [.. Rejected[..99], Of("a", Verdict.Accepted), Of("b", Verdict.Accepted)];

        Assert.That(new MutantReport(judged, [new("kind | how | subject | a", "x"), new("kind | how | subject | b", "x")]).IsPerfect, Is.False);
    }

    [Test]
    public void Nothing_measured_is_nothing_shown() => Assert.That(new MutantReport([], []).IsPerfect, Is.False);

    [Test]
    public void Equivalent_mutants_count_neither_way() => Assert.That(new MutantReport([.. Rejected, Of("same", Verdict.Equivalent)], []).Total, Is.EqualTo(Rejected.Length));

    private static Judged Of(string place, Verdict verdict) => new(new Mutant("kind", "how", "subject", place), verdict);

    private static void AssertFails(MutantReport report, string line)
    {
        Assert.That(report.IsPerfect, Is.False);
        Assert.That(report.Lines(), Does.Contain(line));
    }
}
