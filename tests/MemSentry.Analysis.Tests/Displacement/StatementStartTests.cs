using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Tests.Fixtures;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Tests.Displacement;

/// <summary>Where the check of a variable goes.</summary>
[TestFixture]
internal sealed class StatementStartTests
{
    private const string Members = "static int Known = Environment.ProcessId; static int F() => Environment.ProcessId; ";

    [TestCase("static int M(int* p, int i) => i + p[i];", Code.Ldarg_1, TestName = "before the expression that it is part of")]
    [TestCase("static int M(int* p, int i) { int a = i; return F() + p[a]; }", null, TestName = "nowhere behind a call: the index may have grown, and the address itself is checked")]
    [TestCase("static int M(int* p, int i) => F() + *p;", Code.Ldarg_0, TestName = "not before a call: before the load behind it, where the variable is made new")]
    [TestCase("static int M(int* p, object o) => ((o as IDisposable) is null ? 1 : 0) + *p;", Code.Ldarg_0, TestName = "not before a cast to an interface, which may ask the object: before the load behind it")]
    [TestCase("static int M(int* p, int i) => Known + *p;", Code.Ldarg_0, TestName = "not before a static field, which may run a static constructor: before the load behind it")]
    [TestCase("static int M(int* p, int* q, int i) => i + *(p = q);", Code.Ldind_I4, TestName = "not before the variable gets its value")]
    public void Goes(string source, Code? expected)
    {
        MemberPlan plan = CSharpFixture.Compile($"unsafe class C {{ {Members} {source} }}").Plan().All.Single(p => p.Method.Name == "M");

        Assert.That(plan.VariableChecks.LastOrDefault()?.Before.OpCode.Code, Is.EqualTo(expected));
    }

    [Test]
    public void What_is_copied_near_one_pointer_is_checked_once() => Assert.That(
        CSharpFixture.Compile("unsafe class C { static void M(byte* p) => Unsafe.CopyBlock(p, p + 8, 8); }").Plan().All.Single(p => p.Method.Name == "M").VariableChecks,
        Has.Exactly(1).Items);
}
