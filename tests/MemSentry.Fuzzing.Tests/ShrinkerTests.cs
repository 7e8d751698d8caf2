using System.Collections.Immutable;
using MemSentry.Fuzzing.Generation;
using MemSentry.Fuzzing.Generation.CSharp;
using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Generation.Vocabulary;
using MemSentry.Fuzzing.Shrinking;

namespace MemSentry.Fuzzing.Tests;

/// <summary>A failing member becomes small, and fails still.</summary>
[TestFixture]
internal sealed class ShrinkerTests
{
    [Test]
    public void What_fails_because_of_one_statement_shrinks_to_that_statement()
    {
        Member large = MemberGenerator.Make(1, 5, MemberForm.CSharp);
        large = large with { Body = [.. large.Body, new Statement.TryFinally([new Statement.Loop(3, [Needle])], [], false), .. large.Body] };

        Member small = new Shrinker<Member>(members => [.. members.Select(HasNeedle)]).Shrink(large);

        Assert.That(small.Body, Is.EqualTo(ImmutableArray.Create(Needle)).AsCollection);
    }

    [Test]
    public void Expression_shrinks_to_the_part_that_matters()
    {
        var inner = new Number.Load(Width.I4, Routes.Plain, new Pointer.Entry(3));
        var outer = new Number.Choice(new Number.Index(), new Number.Binary(Operation.Add, inner, new Number.Constant(9)), new Number.Cell(new Number.Constant(2)));
        Member member = Of(new Statement.Mix(outer));

        Member small = new Shrinker<Member>(members => [.. members.Select(m => MemberText.Of(m, "M").Contains("table)[3]", StringComparison.Ordinal))]).Shrink(member);

        Assert.That(small.Body, Has.Length.EqualTo(1));
        Assert.That(MemberText.Of(small, "M"), Does.Contain("h = h * 31 + ((long)*(int*)(((byte**)table)[3]));"));
    }

    [Test]
    public void Member_that_cannot_be_smaller_stays()
    {
        Member member = Of(Needle);

        Assert.That(new Shrinker<Member>(members => [.. members.Select(HasNeedle)]).Shrink(member), Is.EqualTo(member));
    }

    [Test]
    public void Every_statement_of_a_random_member_can_be_left_out()
    {
        Member member = MemberGenerator.Make(1, 7, MemberForm.Il);

        Assert.That(new Shrinker<Member>(members => [.. members.Select(_ => true)]).Shrink(member).Body, Is.Empty);
    }

    [Test]
    public void Regression_reads_as_it_was_written()
    {
        Member[] members = [.. Enumerable.Range(0, 50).Select(i => MemberGenerator.Make(2, i, MemberForm.CSharp))];
        string folder = Directory.CreateTempSubdirectory("memsentry-regressions-").FullName;
        string path = Path.Combine(folder, "member.json");

        foreach (Member member in members)
        {
            File.WriteAllText(path, new Regression("nothing", member).ToString());
            Assert.That(MemberText.Of(Regression.Read(path).Member, "M"), Is.EqualTo(MemberText.Of(member, "M")));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static Statement Needle { get; } = new Statement.Throw("System.FormatException", new Number.Constant(0));

    private static bool HasNeedle(Member member) => MemberText.Of(member, "M").Contains("throw new System.FormatException()", StringComparison.Ordinal);

    private static Member Of(Statement statement) => new(MemberForm.CSharp, MemberShape.Plain, VariableType.Pointer, 1, true, [statement]);
}
