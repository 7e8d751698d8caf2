using MemSentry.Fuzzing.Generation;
using MemSentry.Fuzzing.Generation.CSharp;
using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Generation.Vocabulary;

namespace MemSentry.Fuzzing.Tests;

/// <summary>The same seed gives the same members everywhere, and they make use of the whole vocabulary.</summary>
[TestFixture]
internal sealed class GenerationTests
{
    private const int Enough = 3000;

    private static readonly string AllText = string.Concat(Enumerable.Range(0, Enough).Select(i => Text(i, MemberForm.CSharp)));

    [TestCase(MemberForm.CSharp)]
    [TestCase(MemberForm.Il)]
    public void Same_seed_and_number_give_the_same_member(MemberForm form) =>
        Assert.That(Enumerable.Range(0, 100).Select(i => Text(i, form)), Is.EqualTo(Enumerable.Range(0, 100).Select(i => Text(i, form))));

    [Test]
    public void Dice_do_not_depend_on_the_machine() => Assert.That(Dice.For(1, 2).Next(), Is.EqualTo(FirstThrow));

    [Test]
    public void Another_number_gives_another_member() =>
        Assert.That(Enumerable.Range(0, 100).Select(i => Text(i, MemberForm.CSharp)).Distinct().Count(), Is.EqualTo(100));

    [Test]
    public void Every_callee_is_called() => Assert.That(Callees.All.Where(c => !AllText.Contains($"Prelude.{c}(", StringComparison.Ordinal)), Is.Empty);

    [Test]
    public void Every_field_is_reached() => Assert.That(StructureFields.All.Where(f => !AllText.Contains($")->{f.Path}", StringComparison.Ordinal)), Is.Empty);

    [TestCase("catch (System.NullReferenceException) when")]
    [TestCase("finally")]
    [TestCase("goto Second")]
    [TestCase("switch")]
    [TestCase("await Task.Yield()")]
    [TestCase("yield return")]
    [TestCase("Action a")]
    [TestCase("ref *(long*)")]
    [TestCase("new Span<byte>")]
    [TestCase("checked(")]
    [TestCase("*&q =")]
    public void Members_have(string construct) => Assert.That(AllText, Does.Contain(construct));

    // SplitMix64 of the number and of the seed, computed without this code.
    private const ulong FirstThrow = 0xf602ec30f98a3929;

    private static string Text(int number, MemberForm form) => MemberText.Of(MemberGenerator.Make(1, number, form), "M");
}
