using FsCheck;
using FsCheck.Fluent;
using MemSentry.Verifier.Flow;
using MemSentry.Verifier.Values;

namespace MemSentry.Verifier.Tests.Laws;

/// <summary>Joins of whole frames: equality of slots and relations between them survive only if both paths agree.</summary>
[TestFixture]
internal sealed class FrameLawTests
{
    private const int Slots = 4;

    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(5000).WithReplay(20_26UL, 7UL);

    private static readonly Arbitrary<Value[]> Any = Values.Numbered.ArrayOf(Slots).ToArbitrary();

    [Test]
    public void Slots_are_equal_behind_a_join_exactly_if_they_were_on_both_paths() => ForTwo((a, b, joined) =>
        Pairs.All(p => AreEqual(joined, p) == (AreEqual(a, p) && AreEqual(b, p))));

    [Test]
    public void Relation_survives_only_if_both_paths_say_it_of_the_same_slots() => ForTwo((a, b, joined) =>
        Pairs.All(p => !Relates(joined, p) || (Relates(a, p) && Relates(b, p))));

    [Test]
    public void Slots_are_believed_nothing_that_one_path_does_not_say() => ForTwo((a, b, joined) =>
        Enumerable.Range(0, Slots).All(i => Values.IsNoMoreTrusted(joined[i], a[i]) && Values.IsNoMoreTrusted(joined[i], b[i])));

    [Test]
    public void Second_join_with_the_same_path_changes_nothing() => Check.One(Fixed, Prop.ForAll(Any, Any, (a, b) =>
    {
        var numbering = NumberingBehind();
        var frame = new Frame(a);
        frame.Join(new Frame(b), numbering);
        return !frame.Join(new Frame(b), numbering);
    }));

    /// <summary>A relation to a value that no slot holds any more says nothing, and goes with the first join.</summary>
    [Test]
    public void Join_with_itself_forgets_only_relations_to_what_is_gone() => Check.One(Fixed, Prop.ForAll(Any, a =>
        new Frame(a).Join(new Frame(a), NumberingBehind()) == a.Any(v => v.Relation.Number != 0 && a.All(o => o.Number != v.Relation.Number))));

    private static IEnumerable<(int First, int Second)> Pairs =>
        from first in Enumerable.Range(0, Slots) from second in Enumerable.Range(0, Slots) where first != second select (first, second);

    private static void ForTwo(Func<Value[], Value[], Value[], bool> law) => Check.One(Fixed, Prop.ForAll(Any, Any, (a, b) =>
    {
        var frame = new Frame(a);
        frame.Join(new Frame(b), NumberingBehind());
        return law(a, b, frame.Variables.ToArray());
    }));

    /// <summary>Numbers that no arbitrary value has.</summary>
    private static Numbering NumberingBehind()
    {
        var numbering = new Numbering();
        while (numbering.Fresh() < 100)
        {
        }

        return numbering;
    }

    private static bool AreEqual(Value[] slots, (int First, int Second) pair) => slots[pair.First].Number != 0 && slots[pair.First].Number == slots[pair.Second].Number;

    private static bool Relates(Value[] slots, (int First, int Second) pair) =>
        slots[pair.First].Relation is { Kind: not RelationKind.None, Number: not 0 } relation && relation.Number == slots[pair.Second].Number;
}
