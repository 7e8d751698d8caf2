using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Weaver.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Tests.Rewriting.Windows;

/// <summary>Whitelisted members for which a window cannot be opened are refused by name, and nothing is woven.</summary>
internal sealed class GateRefusalTests
{
    private const string Namespaces = "using System; using System.Runtime.InteropServices; using MemSentry; ";

    [TestCase("[SafeRegionAccess] public static int M(int* p, __arglist) => *p;", "it has variable arguments (__arglist)", TestName = "variable arguments")]
    [TestCase("[SafeRegionAccess, DllImport(\"c\")] public static extern int M(int* p);", "its body is not IL (extern)", TestName = "extern")]
    [TestCase("public ref struct R { public Span<byte> S; } [SafeRegionAccess] public static int M(R r, int* p) => *p;", "its parameter 'r' is a C/R, whose references", TestName = "ref struct")]
    [TestCase("[SafeRegionAccess] public static int M(in Span<byte> s, int* p) => *p;", "its parameter 's' is a System.Span`1<System.Byte>", TestName = "reference to a span")]
    [TestCase("public ref struct R { public Span<byte> S; [SafeRegionAccess] public int M(int* p) => *p; }", "it belongs to a ref struct", TestName = "member of a ref struct")]
    [TestCase("public static int M(int* p) { MemSentryMarkers.SafeRegionAccess(); return *p; }", "allows one access, and a window opens for whole members only", TestName = "marker")]
    [TestCase(
        "[SafeRegionAccess(Domain = \"a\")] public static void A(int* p) { L(p); } [SafeRegionAccess(Domain = \"b\")] public static void B(int* p) { L(p); } [System.Runtime.CompilerServices.CompilerGenerated] private static int L(int* p) => *p;",
        "open different domains", TestName = "written inside of two domains")]
    public void Is_refused(string member, string words)
    {
        DiagnosticList diagnostics = Diagnose(CSharpFixture.Compile($"{Namespaces} public static unsafe class C {{ {member} }}").Read());

        Assert.That(diagnostics.Select(d => (d.Id, d.Severity)), Is.EqualTo(new[] { (DiagnosticId.MemberNotGated, DiagnosticSeverity.Error) }));
        Assert.That(diagnostics.Single().Message, Does.Contain(words).And.EndWith("or weave with ProtMethod=mpx."));
    }

    [Test]
    public void Async_by_means_of_the_runtime_is_refused()
    {
        ModuleDefinition module = CSharpFixture.Compile($"{Namespaces} public static unsafe class C {{ [SafeRegionAccess] public static int M(int* p) => *p; }}").Read();
        module.GetType("C").Methods.Single(m => m.Name == "M").ImplAttributes |= (MethodImplAttributes)0x2000;

        Assert.That(Diagnose(module).Single().Message, Does.Contain("MethodImplOptions.Async"));
    }

    [Test]
    public void A_jump_past_the_gate_is_refused()
    {
        ModuleDefinition module = CSharpFixture.Compile($"{Namespaces} public static unsafe class C {{ [SafeRegionAccess] public static int M(int* p) => *p; public static int N(int* p) => 0; }}").Read();
        MethodDefinition method = module.GetType("C").Methods.Single(m => m.Name == "M");
        MethodBody body = method.Body;
        body.Instructions.Insert(0, Instruction.Create(OpCodes.Jmp, module.GetType("C").Methods.Single(m => m.Name == "N")));

        Assert.That(Diagnose(module).Single().Message, Does.Contain("it leaves by jmp"));
    }

    private static DiagnosticList Diagnose(ModuleDefinition module)
    {
        var diagnostics = new DiagnosticList();
        ModuleWeave.Apply(new ModuleMembers(module), new WeaverOptions { ProtMethod = ProtectionMethod.Mprotect }, diagnostics);
        return diagnostics;
    }
}
