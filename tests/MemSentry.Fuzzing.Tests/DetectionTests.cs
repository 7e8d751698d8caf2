using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Generation;
using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Judging;
using MemSentry.Fuzzing.Running;
using MemSentry.Fuzzing.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Fuzzing.Tests;

/// <summary>The fuzzer finds what it is made for, and nothing where nothing is.</summary>
[TestFixture]
internal sealed class DetectionTests
{
    private static readonly FuzzArm[] Mpx = [FuzzArms.Full[0]];
    private Bench _bench = null!;

    [SetUp]
    public void Open() => _bench = new Bench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [TestCase(MemberForm.CSharp)]
    [TestCase(MemberForm.Il)]
    public void Unwoven_members_escape_nearly_all(MemberForm form)
    {
        Member[] members = [.. Enumerable.Range(0, 40).Select(i => MemberGenerator.Make(1, i, form))];

        RunAnswer answer = _bench.RunUnwoven(members);

        int[] escaped = [.. answer.Findings.Where(f => f.IsEscape).Select(f => f.Member).Distinct()];
        Assert.That(escaped, Has.Length.GreaterThanOrEqualTo(members.Length * 8 / 10));
    }

    [Test]
    public void Both_contents_of_a_region_are_really_read_by_an_unwoven_member()
    {
        RunAnswer answer = _bench.RunUnwoven(Members.Reader);

        Finding[] reads = [.. answer.Findings.Where(f => f.Situation == "target in the region")];
        Assert.That(reads.Select(f => f.Kind), Is.EqualTo(new[] { FindingKind.Read }));
        Assert.That(answer.Reached, Is.EqualTo(1));
    }

    [Test]
    public void Write_of_an_unwoven_member_is_seen() =>
        Assert.That(_bench.RunUnwoven(Members.Writer).Findings.Where(f => f.Situation == "target in the region").Select(f => f.Kind), Is.EqualTo(new[] { FindingKind.Wrote }));

    [Test]
    public void Member_that_touches_no_memory_reaches_nothing()
    {
        RunAnswer answer = _bench.RunUnwoven(Members.Idle);

        Assert.That(answer.Findings, Is.Empty);
        Assert.That(answer.Reached, Is.Zero);
    }

    [Test]
    public void Woven_members_do_nothing_wrong_in_any_arm()
    {
        RunAnswer answer = _bench.Run(FuzzArms.All, Members.Reader, Members.Writer, Members.Idle);

        Assert.That(answer.Findings, Is.Empty);
        Assert.That((answer.Run, answer.Reached), Is.EqualTo((3, 2)));
    }

    [Test]
    public void One_check_that_compares_with_another_block_is_found()
    {
        RunOrder order = _bench.Build(Mpx, Members.Reader, Members.Reader).Order;
        BreakCheck(order.Woven[0].Path, "M1");

        RunAnswer answer = _bench.Run(order);

        Assert.That(answer.Findings, Is.Not.Empty);
        Assert.That(answer.Findings.Select(f => (f.Member, f.Kind)), Is.All.EqualTo((1, FindingKind.Read)));
    }

    [Test]
    public void Other_result_is_a_divergence()
    {
        RunOrder one = _bench.Build([], Members.Reader).Order;
        RunOrder other = _bench.Build([], Members.Of(new Statement.Mix(new Number.Constant(3)))).Order;

        RunAnswer answer = _bench.Run(one with { Woven = [new WovenFile("other", other.Unwoven, false, false)] });

        Assert.That(answer.Findings.Select(f => f.Kind), Is.Not.Empty.And.All.EqualTo(FindingKind.Diverged));
    }

    [Test]
    public void Other_memory_is_a_divergence()
    {
        RunOrder one = _bench.Build([], Members.Writer).Order;
        RunOrder other = _bench.Build([], Members.Of()).Order;

        RunAnswer answer = _bench.Run(one with { Woven = [new WovenFile("other", other.Unwoven, false, false)] });

        Assert.That(answer.Findings.Select(f => f.Kind), Is.Not.Empty.And.All.EqualTo(FindingKind.Diverged));
    }

    /// <summary>Lets the last check of a member, that of its access, compare with a block where nothing is.</summary>
    private static void BreakCheck(string path, string member)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(File.ReadAllBytes(path)));
        MethodDefinition method = module.GetType("Fuzz.Members").Methods.Single(m => m.Name == member);
        Instruction compare = method.Body.Instructions.Last(i => i.OpCode.Code == Code.Shr_Un).Next;
        compare.OpCode = OpCodes.Ldc_I4_5;
        compare.Operand = null;
        module.Write(path);
    }
}
