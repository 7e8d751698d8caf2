using MemSentry.Analysis.Options;
using MemSentry.Attacks.Building;
using MemSentry.Mutants.Kinds;
using MemSentry.Mutants.Running;
using MemSentry.Mutants.Subjects;
using Mono.Cecil;

namespace MemSentry.Mutants.Tests;

/// <summary>Which checks may go because another one stands in for them, by the analysis that has to confirm the verifier's word.</summary>
[TestFixture]
internal sealed class EquivalenceTests
{
    private const string Source = """
        public static unsafe class C
        {
            static void Callee() { }
            static void CalleeOf(ref int r) { }
            struct S { public int A; public int B; }
            struct Outer { public int A; public S Inner; }

            static void Twice(int* p) { *p = 1; *p = 2; }
            static void OnBothPaths(int* p, bool b) { if (b) *p = 1; else *p = 2; *p = 3; }
            static void OnOnePath(int* p, bool b) { if (b) *p = 1; *p = 2; }
            static void AcrossACall(int* p) { *p = 1; Callee(); *p = 2; }
            static void ReferenceAcrossACall(int* p) { ref int r = ref *p; CalleeOf(ref r); CalleeOf(ref r); }
            static void OtherValue(int* p, int* q) { *p = 1; *q = 2; }
            static void ReplacedValue(int* p, int* q) { *p = 1; p = q; *p = 2; }
            static void AddressTaken(int* p) { int** q = &p; *p = 1; *p = 2; *q = p; }
            static void InALoop(int* p, int n) { for (int i = 0; i < n; i++) { *p = i; } }
            static void NextInALoop(int** p, int n) { for (int i = 0; i < n; i++) { *p = null; p = (int**)*p; } }
            static void BehindAHandler(int* p) { *p = 1; try { Callee(); } catch { *p = 2; } }
            static void FieldOfWhatWasChecked(Outer* p) { p->A = 1; p->Inner.B = 2; }
        }
        """;

    private string _folder = null!;
    private string _file = null!;

    [OneTimeSetUp]
    public void Compile()
    {
        _folder = Directory.CreateTempSubdirectory("memsentry-equivalence-").FullName;
        CSharpFixtures.Compile(BuildConfiguration.Release, [("C.cs", Source)], _file = Path.Combine(_folder, "Fixture.dll"));
    }

    [OneTimeTearDown]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [TestCase("Twice", "necessary, covered")]
    [TestCase("OnBothPaths", "necessary, necessary, covered")]
    [TestCase("OnOnePath", "necessary, necessary")]
    [TestCase("AcrossACall", "necessary, necessary")]
    [TestCase("ReferenceAcrossACall", "necessary, covered")]
    [TestCase("OtherValue", "necessary, necessary")]
    [TestCase("ReplacedValue", "necessary, necessary")]
    [TestCase("AddressTaken", "necessary, necessary, covered", Description = "what is stored through is the address of a variable")]
    [TestCase("InALoop", "necessary")]
    [TestCase("BehindAHandler", "necessary, necessary")]
    [TestCase("FieldOfWhatWasChecked", "necessary, covered")]
    public void Check_is_covered_only_by_one_of_the_same_value_on_every_path(string member, string expected) =>
        Assert.That(Judge(member, PointerTrust.Leaf), Is.EqualTo(expected));

    [Test]
    public void Call_ends_nothing_where_the_frame_is_trusted() => Assert.That(Judge("AcrossACall", PointerTrust.Frame), Is.EqualTo("necessary, covered"));

    [Test]
    public void Value_of_the_last_round_is_another_one() => Assert.That(Judge("NextInALoop", PointerTrust.Leaf), Does.StartWith("necessary"));

    private string Judge(string name, PointerTrust trust)
    {
        using var woven = new WovenSubject(new Subject("fixture", _file, new WeaverOptions { Trust = trust, NoOptimize = true }, IsSmall: true));
        var kind = new CheckRemoved();
        var answers = new List<string>();
        int count = 1;
        for (int i = 0; i < count; i++)
        {
            using ModuleDefinition module = woven.Read();
            MethodDefinition member = module.GetType("C").Methods.Single(m => m.Name == name);
            count = kind.MutationsOf(member).Count();
            answers.Add(BrokenMember.Break(module, new Choice(kind, member.MetadataToken, i), woven.Subject).IsCheckedElsewhere ? "covered" : "necessary");
        }

        return string.Join(", ", answers);
    }
}
