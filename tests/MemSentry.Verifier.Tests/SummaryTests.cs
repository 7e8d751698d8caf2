using System.Text;
using MemSentry.Analysis.Options;
using MemSentry.Verifier.Tests.Fixtures;
using MemSentry.Verifier.Tests.Mutants;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests;

/// <summary>What members believe across calls: who may enter them, what calls and returns owe, and the list that says so.</summary>
[TestFixture]
internal sealed class SummaryTests
{
    private const string Resource = "MemSentry.Summaries";

    private const string Source = """
        public static unsafe class C
        {
            public static int Call(int* q) => *q + M(q);
            public static int CallOwn(int n) => M(&n);
            private static int M(int* p) => p[1];
            internal static int* Next(int* p) { *p = 1; return p + 1; }
            public static int Use(int* q) { int* p = Next(q); return *p; }
            public static int Other(int* q) => 0;
            [SafeRegionAccess] public static int Trusted() => 0;
        }
        public class Heir { }
        unsafe interface I { static abstract int M(int* p); }
        unsafe class Base { public static int N(int* p) => *p; public static int Call(int n) => N(&n); }
        """;

    private Workplace _work = null!;
    private string _woven = null!;

    [OneTimeSetUp]
    public void Weave()
    {
        _work = new Workplace();
        _woven = _work.Weave(_work.Compile(Source));
    }

    [OneTimeTearDown]
    public void Delete() => _work.Dispose();

    [Test]
    public void What_is_believed_is_listed_and_proven() => Change(
        m => Assert.That(Lines(m), Is.EqualTo(new[]
        {
            "MemSentry summaries 1", "parameter 0 of System.Int32 Base::N(System.Int32*)", "parameter 0 of System.Int32 C::M(System.Int32*)", "result of System.Int32* C::Next(System.Int32*)", "",
        })));

    [Test]
    public void A_parameter_that_is_not_listed_is_not_believed() => Rejects(VerifierCode.AccessNotProven, m => Relist(m, l => !l.Contains("C::M", StringComparison.Ordinal)));

    [Test]
    public void A_result_that_is_not_listed_is_not_believed() => Rejects(VerifierCode.AccessNotProven, m => Relist(m, l => !l.StartsWith("result", StringComparison.Ordinal)));

    [Test]
    public void A_call_owes_the_argument() => Rejects(VerifierCode.SummaryNotProven, m => Write(m, "Other", [Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Call, Member(m, "M")), Instruction.Create(OpCodes.Ret)]));

    [Test]
    public void A_call_without_the_check_before_it_owes_the_argument() => Rejects(VerifierCode.SummaryNotProven, m => Mutation.Remove(CheckSite.In(m).Single(c => c.Member.Name == "Call")), VerifierCode.AccessNotProven);

    [Test]
    public void A_return_owes_the_result() => Rejects(VerifierCode.SummaryNotProven, m => Write(m, "Next", [Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Ret)]));

    [Test]
    public void A_check_behind_which_something_was_called_pays_nothing() => Rejects(VerifierCode.SummaryNotProven, m => InsertBeforeCall(m, "Call", "M", Instruction.Create(OpCodes.Call, Member(m, "Trusted")), Instruction.Create(OpCodes.Pop)));

    [Test]
    public void An_argument_may_not_be_displaced_beyond_what_is_believed() => Rejects(VerifierCode.SummaryNotProven,
        m => InsertBeforeCall(m, "Call", "M", Instruction.Create(OpCodes.Ldc_I8, 1L << 37), Instruction.Create(OpCodes.Conv_I), Instruction.Create(OpCodes.Add)));

    [Test]
    public void What_is_believed_may_not_be_displaced_and_handed_on() => Rejects(VerifierCode.SummaryNotProven, m => Write(m, "M",
        [Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Ldc_I4_4), Instruction.Create(OpCodes.Add), Instruction.Create(OpCodes.Call, Member(m, "M")), Instruction.Create(OpCodes.Ret)]));

    [Test]
    public void What_a_mask_made_is_another_address()
    {
        using var work = new Workplace();
        string woven = work.Weave(work.Compile(Source), new WeaverOptions { ProtMethod = ProtectionMethod.Sfi });
        VerificationReport report = Workplace.Verify(work.Change(woven, m => Write(m, "Other",
        [
            Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Conv_U), Instruction.Create(OpCodes.Ldc_I8, 1L << 46), Instruction.Create(OpCodes.Conv_U), Instruction.Create(OpCodes.Or),
            Instruction.Create(OpCodes.Call, m.GetType("Base").Methods.Single(n => n.Name == "N")), Instruction.Create(OpCodes.Ret),
        ])));
        Assert.That(report.Findings.Select(f => f.Code), Is.EqualTo(new[] { VerifierCode.SummaryNotProven }));
    }

    [TestCase("ldftn")]
    [TestCase("ldtoken")]
    [TestCase("tail")]
    [TestCase("constrained")]
    public void Who_is_named_otherwise_than_by_a_plain_call_believes_nothing(string how) => Rejects(VerifierCode.SummaryNotClosed, m => Write(m, "Other", how switch
    {
        "ldftn" => [Instruction.Create(OpCodes.Ldftn, Member(m, "M")), Instruction.Create(OpCodes.Pop), Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Ret)],
        "ldtoken" => [Instruction.Create(OpCodes.Ldtoken, Member(m, "M")), Instruction.Create(OpCodes.Pop), Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Ret)],
        "tail" => [Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Conv_U), Instruction.Create(OpCodes.Tail), Instruction.Create(OpCodes.Call, Member(m, "M")), Instruction.Create(OpCodes.Ret)],
        _ => [Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Conv_U), Instruction.Create(OpCodes.Constrained, m.TypeSystem.Int32), Instruction.Create(OpCodes.Call, Member(m, "M")), Instruction.Create(OpCodes.Ret)],
    }), VerifierCode.NotUnderstood);

    [Test]
    public void Trusted_callers_prove_nothing() => Rejects(VerifierCode.SummaryNotClosed, m => Write(m, "Trusted",
        [Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Conv_U), Instruction.Create(OpCodes.Call, Member(m, "M")), Instruction.Create(OpCodes.Ret)]));

    [TestCase("public")]
    [TestCase("virtual")]
    [TestCase("static member of an interface")]
    [TestCase("synchronized")]
    [TestCase("vararg")]
    [TestCase("native code")]
    [TestCase("static constructor")]
    public void Who_can_be_entered_by_others_believes_nothing(string what) => Rejects(VerifierCode.SummaryNotClosed, m =>
    {
        MethodDefinition member = Member(m, "M");
        switch (what)
        {
            case "public":
                member.IsPublic = true;
                break;
            case "virtual":
                m.GetType("Base").Methods.Single(n => n.Name == "N").IsVirtual = true;
                break;
            case "static member of an interface":
                member.Overrides.Add(new MethodReference("M", member.ReturnType, m.GetType("I")) { Parameters = { new ParameterDefinition(member.Parameters[0].ParameterType) } });
                break;
            case "synchronized":
                member.IsSynchronized = true;
                break;
            case "native code":
                member.CustomAttributes.Add(new CustomAttribute(m.ImportReference(typeof(System.Runtime.InteropServices.UnmanagedCallersOnlyAttribute).GetConstructor([]))));
                break;
            case "vararg":
                member.CallingConvention = MethodCallingConvention.VarArg;
                break;
            default:
                member.DeclaringType.IsBeforeFieldInit = false;
                var constructor = new MethodDefinition(".cctor", MethodAttributes.Static | MethodAttributes.Private | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName, m.TypeSystem.Void);
                constructor.Body.Instructions.Add(Instruction.Create(OpCodes.Ret));
                member.DeclaringType.Methods.Add(constructor);
                break;
        }
    }, VerifierCode.AccessNotProven);

    [Test]
    public void Heirs_that_can_be_named_hand_on_what_they_inherit() => Rejects(VerifierCode.SummaryNotClosed, m => m.GetType("Heir").BaseType = m.GetType("Base"));

    [Test]
    public void Friends_may_call_what_is_internal() => Rejects(VerifierCode.SummaryNotClosed, m => m.Assembly.CustomAttributes.Add(new CustomAttribute(
        m.ImportReference(typeof(System.Runtime.CompilerServices.InternalsVisibleToAttribute).GetConstructor([typeof(string)])))
    { ConstructorArguments = { new CustomAttributeArgument(m.TypeSystem.String, "Friend") } }));

    [Test]
    public void Reflection_names_members_by_a_string() => Rejects(VerifierCode.SummaryNotClosed, m => Write(m, "Other",
        [Instruction.Create(OpCodes.Ldstr, "M"), Instruction.Create(OpCodes.Pop), Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Ret)]));

    [Test]
    public void An_accessor_names_members_by_a_string() => Rejects(VerifierCode.SummaryNotClosed, m =>
    {
        var accessor = new MethodDefinition("M", MethodAttributes.Static | MethodAttributes.Public, m.TypeSystem.Int32);
        accessor.Parameters.Add(new ParameterDefinition(m.GetType("C")));
        accessor.CustomAttributes.Add(new CustomAttribute(m.ImportReference(typeof(System.Runtime.CompilerServices.UnsafeAccessorAttribute).GetConstructors()[0]))
        {
            ConstructorArguments = { new CustomAttributeArgument(m.ImportReference(typeof(System.Runtime.CompilerServices.UnsafeAccessorKind)), 2) },
        });
        accessor.Body = null;
        m.GetType("Heir").Methods.Add(accessor);
    });

    [Test]
    public void Who_jumps_to_another_member_does_not_return() => Rejects(VerifierCode.NotUnderstood, m => Write(m, "Next", [Instruction.Create(OpCodes.Jmp, Member(m, "Next"))]));

    [TestCase("parameter 7 of System.Int32 C::M(System.Int32*)", VerifierCode.SummaryWithoutMember)]
    [TestCase("parameter 0 of System.Int32 C::Nobody(System.Int32*)", VerifierCode.SummaryWithoutMember)]
    [TestCase("result of System.Int32 C::M(System.Int32*)", VerifierCode.SummaryWithoutMember)]
    [TestCase("parameter 0 of System.Int32 C::M(System.Int32*)", VerifierCode.SummariesUnreadable)]
    [TestCase("parameter -1 of System.Int32 C::M(System.Int32*)", VerifierCode.SummariesUnreadable)]
    [TestCase("everything", VerifierCode.SummariesUnreadable)]
    [TestCase("", VerifierCode.SummariesUnreadable)]
    public void A_line_that_means_nothing_is_refused(string line, VerifierCode expected) => Rejects(expected, m => Put(m, [.. Lines(m)[..^1], line, ""]));

    [Test]
    public void Another_head_is_refused() => Rejects(VerifierCode.SummariesUnreadable, m => Put(m, ["MemSentry summaries 2", .. Lines(m)[1..]]));

    [Test]
    public void Two_lists_are_refused() => Rejects(VerifierCode.SummariesUnreadable, m => m.Resources.Add(new EmbeddedResource(Resource, ManifestResourceAttributes.Private, "MemSentry summaries 1\n"u8.ToArray())));

    [Test]
    public void Where_raw_pointers_are_not_trusted_nothing_is_believed()
    {
        using var work = new Workplace();
        string woven = work.Weave(work.Compile("public static unsafe class C { public static int Call(int* q) => M(q); private static int M(int* p) => *p; }"), new WeaverOptions { Trust = PointerTrust.None });
        VerificationReport report = Workplace.Verify(work.Change(woven, m => m.Resources.Add(new EmbeddedResource(Resource, ManifestResourceAttributes.Private, "MemSentry summaries 1\n"u8.ToArray()))));
        Assert.That(report.Findings.Select(f => f.Code), Is.EqualTo(new[] { VerifierCode.SummariesUnreadable }));
    }

    private void Rejects(VerifierCode expected, Action<ModuleDefinition> change, VerifierCode? besides = null) =>
        Assert.That(Change(change).Select(f => f.Code).Where(c => c != besides).Distinct(), Is.EqualTo(new[] { expected }));

    private IReadOnlyList<Finding> Change(Action<ModuleDefinition> change) => Workplace.Verify(_work.Change(_woven, change)).Findings;

    private static MethodDefinition Member(ModuleDefinition module, string name) => module.GetType("C").Methods.Single(m => m.Name == name);

    private static void Write(ModuleDefinition module, string name, Instruction[] code)
    {
        MethodBody body = Member(module, name).Body;
        body.Instructions.Clear();
        foreach (Instruction instruction in code)
            body.Instructions.Add(instruction);
    }

    private static void InsertBeforeCall(ModuleDefinition module, string name, string callee, params Instruction[] code)
    {
        MethodBody body = Member(module, name).Body;
        int at = body.Instructions.IndexOf(body.Instructions.First(i => i.Operand is MethodReference m && m.Name == callee));
        foreach (Instruction instruction in code.Reverse())
            body.Instructions.Insert(at, instruction);
    }

    private static string[] Lines(ModuleDefinition module) => Encoding.UTF8.GetString(((EmbeddedResource)module.Resources.Single(r => r.Name == Resource)).GetResourceData()).Split('\n');

    private static void Relist(ModuleDefinition module, Func<string, bool> keeps) => Put(module, [.. Lines(module).Where(keeps)]);

    private static void Put(ModuleDefinition module, string[] lines)
    {
        module.Resources.Remove(module.Resources.Single(r => r.Name == Resource));
        module.Resources.Add(new EmbeddedResource(Resource, ManifestResourceAttributes.Private, Encoding.UTF8.GetBytes(string.Join('\n', lines))));
    }
}
