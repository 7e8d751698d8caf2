using MemSentry.Attacks.Building;
using MemSentry.Attacks.Judging;
using MemSentry.Attacks.Reading;
using MemSentry.Attacks.Running;

namespace MemSentry.Attacks.Tests;

/// <summary>The judge accepts nothing but a control that worked and an arm that stopped it and changed nothing else.</summary>
public sealed class JudgeTests
{
    private static readonly string Hash = new('0', 64);
    private static readonly Outcome Read = new("00000000000000aa", null, null, Hash, false);
    private static readonly Outcome ReadZero = new("0000000000000000", null, null, Hash, false);
    private static readonly Outcome Null = new(null, "NullReferenceException", null, Hash, false);
    private static readonly RowFacts ControlFacts = new("row", Read, Read, ReadZero, Null, Read);
    private static readonly Violation Violation = new(SafeRegionViolationKind.Load, "member", true, true);
    private static readonly Outcome Stopped = new(null, nameof(SafeRegionViolationException), Violation, Hash, false);
    private static readonly RowFacts WovenFacts = ControlFacts with { Attack = Stopped };

    private static Arm Arm => Arm.Woven.Single(arm => arm.Name == "mpx-r");

    private static DeclaredRow LoadRow =>
        DeclaredRow.In(SharedStage.Stage.Folder(Arm.Unwoven, BuildConfiguration.Release)).First(row => row.Name == "Bodies.Plain");

    private static DeclaredRow StoreRow =>
        DeclaredRow.In(SharedStage.Stage.Folder(Arm.Unwoven, BuildConfiguration.Release)).First(row => row.Name == "Bodies.PlainStore");

    private static IEnumerable<TestCaseData> WaysToFail()
    {
        yield return Case("the attack worked", ControlFacts);
        yield return Case("the attack threw something else", WovenFacts with { Attack = Null });
        yield return Case("the region changed", WovenFacts with { Attack = Stopped with { Changed = true } });
        yield return Case("another kind", WovenFacts with { Attack = Stopped with { Violation = Violation with { Kind = SafeRegionViolationKind.Store } } });
        yield return Case("another member", WovenFacts with { Attack = Stopped with { Violation = Violation with { IsExpectedMember = false } } });
        yield return Case("another address", WovenFacts with { Attack = Stopped with { Violation = Violation with { IsInRegion = false } } });
        yield return Case("the violation was swallowed", WovenFacts with { Attack = Read with { Violation = Violation } });
        yield return Case("ordinary memory is refused", WovenFacts with { Ordinary = Stopped });
        yield return Case("null is refused", WovenFacts with { Null = Stopped });
        yield return Case("whitelisted code is refused", WovenFacts with { Whitelisted = Stopped });
    }

    [Test]
    public void A_stopped_attack_counts() =>
        Assert.That(Judge.Woven(LoadRow, Arm, WovenFacts, ControlFacts).State, Is.EqualTo(CellState.Blocked));

    [TestCaseSource(nameof(WaysToFail))]
    public void Anything_else_fails(RowFacts woven)
    {
        Cell cell = Judge.Woven(LoadRow, Arm, woven, ControlFacts);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cell.State, Is.EqualTo(CellState.Failed));
            Assert.That(cell.Reason, Is.Not.Empty);
        }
    }

    [Test]
    public void A_row_without_result_fails() =>
        Assert.That(Judge.Woven(LoadRow, Arm, null, ControlFacts).State, Is.EqualTo(CellState.Failed));

    [Test]
    public void An_access_that_an_arm_does_not_check_must_work_there() =>
        Assert.That(Judge.Woven(LoadRow, Arm.Woven.Single(arm => arm.Name == "mpx-w"), ControlFacts, ControlFacts).State, Is.EqualTo(CellState.Open));

    [Test]
    public void A_control_that_read_the_secret_counts() => Assert.That(Judge.Control(LoadRow, ControlFacts), Is.Null);

    [Test]
    public void A_control_that_did_not_read_the_secret_does_not_count()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Judge.Control(LoadRow, null), Is.Not.Null);
            Assert.That(Judge.Control(LoadRow, ControlFacts with { Attack = Null }), Is.Not.Null);
            Assert.That(Judge.Control(LoadRow, ControlFacts with { Attack = ReadZero }), Is.Not.Null);
            Assert.That(Judge.Control(LoadRow, ControlFacts with { Zero = Read }), Is.Not.Null, "its result does not depend on memory");
        }
    }

    [Test]
    public void A_control_that_changed_nothing_does_not_count()
    {
        Outcome returned = new(null, null, null, Hash, false);
        RowFacts facts = new("row", returned, returned, returned, Null, returned);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Judge.Control(StoreRow, facts), Is.Not.Null);
            Assert.That(Judge.Control(StoreRow, facts with { Attack = returned with { Changed = true } }), Is.Null);
        }
    }

    private static TestCaseData Case(string name, RowFacts facts) => new TestCaseData(facts).SetArgDisplayNames(name);
}
