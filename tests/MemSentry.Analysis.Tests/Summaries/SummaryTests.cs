using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Summaries;
using MemSentry.Analysis.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Tests.Summaries;

/// <summary>What is believed across calls, and what must not be.</summary>
[TestFixture]
internal sealed class SummaryTests
{
    private const string Caller = "public static int Call(int n) { int* p = stackalloc int[4]; return M(p); } ";
    private const string Own = "static int M(int* p) => *p; ";
    private const string Others = "static void F() => GC.KeepAlive(null); ";

    [TestCase(Caller + Own, "M(0)", TestName = "omits: a parameter for which all callers pass their own memory")]
    [TestCase(Caller + Own + "public static int Other(int* q) => *q + M(q);", "M(0)", TestName = "omits: a parameter that one of the callers has checked")]
    [TestCase(Caller + Own + "public static int Other(int* q, int i) => *q + M(q + i);", "M(0)", TestName = "omits: a parameter that a caller displaces from what it has checked")]
    [TestCase(Caller + "static int M(int* p) => N(p); static int N(int* q) => q[1];", "M(0) N(0)", TestName = "omits: a parameter that is handed on")]
    [TestCase(Caller + "static int M(int* p) { *p = 1; return p[1] > 0 ? M(p + 1) : 0; }", "M(0)", TestName = "omits: a member that calls itself behind an access that was executed")]
    [TestCase(Caller + "static int M(int* p) => N(p); static int N(int* p) => *p == 0 ? 0 : M(p);", "M(0) N(0)", TestName = "omits: members that call each other")]
    [TestCase(Caller + "static int M<T>(T* p) where T : unmanaged => (*p).GetHashCode();", "M(0)", TestName = "omits: a generic member")]
    [TestCase("class D<T> { public static int M(int* p) => *p; } public static int Call(int n) { int x = n; return D<int>.M(&x) + D<string>.M(&x); }", "M(0)", TestName = "omits: a member of a generic type, which is called by a reference")]
    [TestCase("class D { public int M(int* p) => *p; } public static int Call(int n) => new D().M(&n);", "M(0)", TestName = "omits: a public member of a type that cannot be named outside")]
    [TestCase("static byte* M(byte* p) { *p = 1; return p + 1; } public static void Call(byte* q) { byte* r = M(q); *r = 2; }", "M(result)", TestName = "omits: a result next to what was accessed")]
    [TestCase("static byte* M(byte* p, bool b) { if (b) return null; *p = 1; return p; } public static void Call(byte* q) { byte* r = M(q, false); *r = 2; }", "M(result)", TestName = "omits: a result that is null on one of the ways")]
    [TestCase("public static byte* M(byte* p) { *p = 1; return p + 1; } public static void Call(byte* q) { byte* r = M(q); *r = 2; }", "M(result)", TestName = "omits: the result of a member that others call, too")]
    [TestCase("static byte* M(byte* p, int n) { *p = 1; return n > 0 ? M(p + 1, n - 1) : p; } public static void Call(byte* q, int n) { byte* r = M(q, n); *r = 2; }", "M(result)", TestName = "omits: a result that comes from a call of the member itself")]
    [TestCase("static byte* M(byte* p) => p; public static void Call() { byte* p = stackalloc byte[9]; byte* r = M(p); *r = 2; }", "M(0,result)", TestName = "omits: a result that rests on what callers prove")]
    public void Omits(string source, string expected)
    {
        Assert.That(Believed(source), Is.EqualTo(expected));
        Assert.That(Believed(source, new WeaverOptions { Trust = PointerTrust.Frame }), Is.EqualTo(expected), "trust=frame");
    }

    [TestCase(Caller + Own + "public static int Other(int* q) => M(q);", TestName = "keeps: a caller hands on what it got from anybody")]
    [TestCase(Caller + Own + "static int* Loaded; public static int Other() => M(Loaded);", TestName = "keeps: a caller hands on what it read from memory")]
    [TestCase(Caller + Own + Others + "public static int Other(int* q) { int a = *q; F(); return a + M(q); }", TestName = "keeps: a call lies between the check and the call")]
    [TestCase(Caller + "static int M(int* p, int n = 0) => *p; " + Others + "static int G() { F(); return 1; } public static int Other(int* q) { int a = *q; return a + M(q, G()); }", TestName = "keeps: a call between the argument and its call")]
    [TestCase(Caller + Own + "public static int Other(int* q, long i) => *q + M(q + i);", TestName = "keeps: a caller displaces by 64 bits")]
    [TestCase(Caller + "static int M(int* p) => p == null ? 0 : M(p + 1000) + 1;", TestName = "keeps: a member that calls itself without an access, whose steps add up")]
    [TestCase(Caller + "static int M(int* p) => *p > 0 ? M(p + 1) : 0;", TestName = "keeps: a load that the JIT could leave out is no evidence for the next call")]
    [TestCase(Caller + "static int M(int* p) => N(p + 1); static int N(int* q) => *q;", "M(0)", TestName = "keeps: what is handed on is displaced from what is only believed")]
    [TestCase(Caller + "static int M(int* p) => N(p + 1000); static int N(int* q) => q == null ? 0 : M(q + 1000);", TestName = "keeps: steps that add up in a circle of members")]
    [TestCase(Caller + Own + "[SafeRegionAccess] static int Other(int* q) => M(q);", TestName = "keeps: a whitelisted caller proves nothing")]
    [TestCase(Caller + "[SafeRegionAccess] static int M(int* p) => *p;", TestName = "keeps: a whitelisted member is not looked at")]
    [TestCase(Caller + Own + "public static int Other(int* q) { MemSentryMarkers.SafeRegionAccess(); int a = *q; return a + M(q); }", TestName = "keeps: an access that a marker allows is no check")]
    [TestCase(Caller + "public static int M(int* p) => *p;", TestName = "keeps: a public member, which anybody may call")]
    [TestCase(Caller + "protected internal static int M(int* p) => *p;", TestName = "keeps: a member for heirs and friends")]
    [TestCase("public class D { protected int M(int* p) => *p; public int Call(int n) => M(&n); }", TestName = "keeps: a protected member, which heirs may call")]
    [TestCase("static int M(int* p) => *p;", TestName = "keeps: a member that nobody calls")]
    [TestCase("class D { public virtual int M(int* p) => *p; } public static int Call(int n) => new D().M(&n);", TestName = "keeps: a virtual member")]
    [TestCase("interface I { int M(int* p); } class D : I { int I.M(int* p) => *p; } public static int Call(int n) => ((I)new D()).M(&n);", TestName = "keeps: a member that an interface is implemented by")]
    [TestCase(Caller + Own + "public static delegate*<int*, int> Other() => &M;", TestName = "keeps: a member whose address is taken")]
    [TestCase(Caller + Own + "unsafe delegate int T(int* p); static T Other() => M;", TestName = "keeps: a member that a delegate is made of")]
    [TestCase("public static int Call(int n) => M(&n); [UnmanagedCallersOnly] static int M2(int* p) => M(p); static int M(int* p) => *p;", TestName = "keeps: a caller that native code calls")]
    [TestCase(Caller + Own + "[UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = \"M\")] extern static int Other(C c, int* q);", TestName = "keeps: a member that an UnsafeAccessor names")]
    [TestCase(Caller + Own + "public static object Other() => typeof(C).GetMethod(nameof(M));", TestName = "keeps: a member that reflection looks for by its name")]
    [TestCase("interface I { static abstract int M(int* p); } class D : I { public static int M(int* p) => *p; } static int T<X>(int* p) where X : I => X.M(p); public static int Call(int n, int* q) => D.M(&n) + T<D>(q);", TestName = "keeps: a member that an interface's static member is implemented by")]
    [TestCase(Caller + "[MethodImpl(MethodImplOptions.Synchronized)] static int M(int* p) => *p;", TestName = "keeps: a member that takes a lock first")]
    [TestCase("static class D { static readonly int N = Environment.ProcessId; static D() { } public static int M(int* p) => *p + N; } public static int Call(int n) => D.M(&n);", TestName = "keeps: a member whose class may run a static constructor first")]
    [TestCase("class D { int _n; public D(int* p) => _n = *p; } public static object Call(int n) => new D(&n);", TestName = "keeps: a constructor")]
    [TestCase(Caller + "static int M(int* p) { F(ref p); return *p; } static void F(ref int* p) => p++;", "M(0)", TestName = "keeps: a parameter whose address is taken, in the callee")]
    [TestCase("static byte* M(byte* p) => p; public static void Call(byte* q) { byte* r = M(q); *r = 2; }", TestName = "keeps: a result that is handed through")]
    [TestCase(Others + "static byte* M(byte* p) { *p = 1; F(); return p; } public static void Call(byte* q) { byte* r = M(q); *r = 2; }", TestName = "keeps: a call lies between the access and the return")]
    [TestCase("static byte* M(byte* p, bool b) { if (b) *p = 1; return p; } public static void Call(byte* q) { byte* r = M(q, false); *r = 2; }", TestName = "keeps: a result that is proven on one of the ways only")]
    [TestCase("class D { public virtual byte* M(byte* p) { *p = 1; return p; } } public static void Call(byte* q) { byte* r = new D().M(q); *r = 2; }", TestName = "keeps: the result of a virtual member")]
    [TestCase("[MethodImpl(MethodImplOptions.Synchronized)] static byte* M(byte* p) { *p = 1; return p; } public static void Call(byte* q) { byte* r = M(q); *r = 2; }", TestName = "keeps: the result of a member that gives a lock back behind it")]
    [TestCase("[SafeRegionAccess] static byte* M(byte* p) { *p = 1; return p; } public static void Call(byte* q) { byte* r = M(q); *r = 2; }", TestName = "keeps: the result of a whitelisted member")]
    public void Keeps(string source, string expected = "") => Assert.That(Believed(source), Is.EqualTo(expected));

    [Test(Description = "keeps: a member that native code calls")]
    public void Native_callers()
    {
        CSharpFixture fixture = Compiled(Caller + Own);
        fixture.Module.GetType("C").Methods.Single(m => m.Name == "M").CustomAttributes.Add(new CustomAttribute(
            fixture.Module.ImportReference(typeof(System.Runtime.InteropServices.UnmanagedCallersOnlyAttribute).GetConstructor([]))));
        Assert.That(Summaries(fixture), Is.Empty);
    }

    [Test(Description = "keeps: friends may call what is internal, but not what is private")]
    public void Friends()
    {
        string source = "[assembly: InternalsVisibleTo(\"Friend\")] public static unsafe class C { public static int Call(int n) { int x = n; return M(&x) + N(&x); } internal static int M(int* p) => *p; private static int N(int* p) => *p; }";
        Assert.That(Summaries(CSharpFixture.Compile(source)), Is.EqualTo("N(0)"));
    }

    [Test(Description = "keeps: what a type that can be named inherits from one that cannot")]
    public void Heirs()
    {
        CSharpFixture fixture = CSharpFixture.Compile("unsafe class D { public int M(int* p) => *p; } public class E { } public static unsafe class C { public static int Call(int n) => new D().M(&n); }");
        fixture.Module.GetType("E").BaseType = fixture.Module.GetType("D");
        Assert.That(Summaries(fixture), Is.Empty);
    }

    [TestCase(Code.Ldftn, TestName = "keeps: an entry that is taken")]
    [TestCase(Code.Ldtoken, TestName = "keeps: a token of the member")]
    [TestCase(Code.Tail, TestName = "keeps: a call in the place of the caller's return")]
    public void Entries(Code kind)
    {
        CSharpFixture fixture = Compiled(Caller + Own + "static int Other(int* p) => *p;");
        TypeDefinition type = fixture.Module.GetType("C");
        MethodDefinition named = type.Methods.Single(m => m.Name == "M");
        Instruction[] code = kind switch
        {
            Code.Tail => [Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Conv_U), Instruction.Create(OpCodes.Tail), Instruction.Create(OpCodes.Call, named), Instruction.Create(OpCodes.Ret)],
            Code.Ldftn => [Instruction.Create(OpCodes.Ldftn, named), Instruction.Create(OpCodes.Pop)],
            _ => [Instruction.Create(OpCodes.Ldtoken, named), Instruction.Create(OpCodes.Pop)],
        };
        Replace(type, kind == Code.Tail, code);

        Assert.That(Summaries(fixture), Is.Empty);
    }

    [Test(Description = "keeps: a reference to the own assembly by name, which the runtime takes for the own one")]
    public void Named_from_outside()
    {
        CSharpFixture fixture = Compiled(Caller + Own + "static int Other(int* p) => *p;");
        TypeDefinition type = fixture.Module.GetType("C");
        MethodDefinition named = type.Methods.Single(m => m.Name == "M");
        var assembly = new AssemblyNameReference(fixture.Module.Assembly.Name.Name, new Version());
        fixture.Module.AssemblyReferences.Add(assembly);
        var reference = new MethodReference("M", named.ReturnType, new TypeReference("", "C", fixture.Module, assembly));
        reference.Parameters.Add(new ParameterDefinition(named.Parameters[0].ParameterType));
        Replace(type, false, Instruction.Create(OpCodes.Ldtoken, reference), Instruction.Create(OpCodes.Pop));

        Assert.That(Summaries(fixture), Is.Empty);
    }

    [Test]
    public void Nothing_is_believed_where_raw_pointers_are_not_trusted() => Assert.That(Believed(Caller + Own, new WeaverOptions { Trust = PointerTrust.None }), Is.Empty);

    [TestCase(PlanningPass.Summaries)]
    [TestCase(PlanningPass.Displacement)]
    public void Nothing_is_believed_without_the_pass(PlanningPass disabled) => Assert.That(Believed(Caller + Own, new WeaverOptions { DisabledPass = disabled }), Is.Empty);

    [Test]
    public void What_callers_prove_needs_no_check()
    {
        CSharpFixture fixture = Compiled(Caller + "static int M(int* p) => p[1] + p[2];");
        ModulePlan plan = fixture.Plan();
        Assert.That(plan.All.Sum(m => m.VariableChecks.Length + m.Checks.Length), Is.Zero);
        Assert.That(plan.Statistics.Passes[PlanningPass.Summaries], Is.EqualTo(2));
    }

    [Test(Description = "keeps: a number that was there before a call is not made new by a callee that the JIT puts in place")]
    public void Old_arguments()
    {
        CSharpFixture fixture = Compiled(Others + "static byte* M(byte* p) { *p = 1; return p; } public static void Call(byte* q) { F(); byte* r = M(q); r[0] = 2; }");
        Assert.That(fixture.Decisions("Call"), Does.Contain("checked").And.Not.Contain("withinreach"));
    }

    /// <summary>Writes the code of the member <c>Other</c>, or puts some before it.</summary>
    private static void Replace(TypeDefinition type, bool isAll, params Instruction[] code)
    {
        MethodBody body = type.Methods.Single(m => m.Name == "Other").Body;
        Instruction[] before = isAll ? [] : [.. body.Instructions];
        body.Instructions.Clear();
        foreach (Instruction instruction in code.Concat(before))
        {
            body.Instructions.Add(instruction);
        }
    }

    private static string Believed(string members, WeaverOptions? options = null) => Summaries(Compiled(members), options);

    private static CSharpFixture Compiled(string members) => CSharpFixture.Compile($"public unsafe class C {{ {members} }}");

    private static string Summaries(CSharpFixture fixture, WeaverOptions? options = null)
    {
        ModulePlan plan = ModulePlanner.Plan(new ModuleMembers(fixture.Module), options ?? new WeaverOptions(), fixture.Diagnostics);
        Assert.That(fixture.Diagnostics.Where(d => d.Severity == Diagnostics.DiagnosticSeverity.Error), Is.Empty);
        return string.Join(' ', plan.Summaries.Select(Text).Order(StringComparer.Ordinal));
    }

    private static string Text(MemberSummary summary) =>
        $"{summary.Method.Name}({string.Join(',', summary.Parameters.Select(p => $"{p}").Concat(summary.Result ? ["result"] : []))})";
}
