using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Windows;
using MemSentry.Weaver.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Tests.Rewriting.Windows;

/// <summary>Where a window closes and opens inside a body.</summary>
internal sealed class WindowPlanTests
{
    private const string Foreign = "public static void F() { } public static int G() => 0; public struct E : IEquatable<E> { public bool Equals(E e) => true; } public static class Math { public static int Abs(int i) => i; } public struct S { public int A, B; }";

    [TestCase("if (n > 0) { *p = 1; } else { *p = 2; } for (int i = 0; i < n; i++) p[i] = i;", "", TestName = "Accesses without a foreign call between are one window")]
    [TestCase("*p = 1; F(); *p = 2;", "Suspend call F, Resume stind.i4", TestName = "Closes for a foreign call and opens for the next access")]
    [TestCase("*p = 1; F(); if (n > 0) F(); while (n-- > 0) F();", "Suspend call F", TestName = "Calls without an access between are one gap, across blocks")]
    [TestCase("F(); *p = 1; F();", "Suspend call F, Resume stind.i4, Suspend call F", TestName = "Opens at the last moment")]
    [TestCase("*p = 1; if (n > 0) F(); *p = 2;", "Suspend call F, Resume stind.i4", TestName = "Asks where paths disagree")]
    [TestCase("*p = System.Math.Abs(n); *p = BitOperations.RotateLeft((uint)n, 3) > 0 ? 1 : 2;", "", TestName = "Stays open for members that compute on data")]
    [TestCase("*p = Math.Abs(n); *p = 1;", "Suspend call Abs, Resume stind.i4", TestName = "Closes for a member that only looks like one of the framework")]
    [TestCase("*p = new Span<byte>(p, 4).SequenceEqual(new Span<byte>(p, 4)) ? 1 : 2;", "", TestName = "Stays open for a comparison of numbers")]
    [TestCase("*p = new Span<E>(p, 4).SequenceEqual(new Span<E>(p, 4)) ? 1 : 2;", "Suspend call SequenceEqual, Resume stind.i4", TestName = "Closes for a comparison that calls Equals of somebody's structure")]
    [TestCase("*p = 1; object o = new object(); *p = o is IDisposable ? 1 : 2;", "Suspend isinst, Resume stind.i4", TestName = "Closes where an object is asked for an interface, which it may answer itself")]
    [TestCase("*p = 1; object o = new object(); *p = o is string ? 1 : 2;", "", TestName = "Stays open where it is asked for a class")]
    [TestCase("*p = 1; var a = new IDisposable[1, 1]; a[0, 0] = null; *p = 2;", "Suspend call Set, Resume stind.i4", TestName = "Closes where an array of two dimensions asks an object for an interface")]
    [TestCase("*p = 1; var a = new int[1, 1]; a[0, 0] = n; var e = new E[1, 1]; e[0, 0] = default; *p = 2;", "", TestName = "Stays open where its elements are no objects")]
    [TestCase("*p = 1; throw new InvalidOperationException();", "Suspend newobj .ctor", TestName = "Is closed when an exception sets out")]
    [TestCase("try { F(); } catch (Exception) when (*p == 0) { *p = 1; } finally { *p = 2; }", "Suspend call F, Resume ldind.i4, SuspendForException endfilter, Resume stind.i4, Resume stind.i4", TestName = "Handlers open what they need, and a filter closes again")]
    [TestCase("*p = 1; F(); int* b = &((S*)p)->B; F(); *b = 2;", "Suspend call F, Resume ldflda, Suspend call F, Resume stind.i4", TestName = "Opens where a field's address is taken of a pointer, where the JIT may read to see whether it is null")]
    [TestCase("T(p); *p = 1; T(p);", "Resume stind.i4", TestName = "Looks behind a direct call of another whitelisted member")]
    [TestCase("*p = 1; V.W(p); *p = 2;", "Suspend call W, Resume stind.i4", TestName = "Goes through the gate of a member with another domain")]
    public void Switches(string statements, string expected) => Assert.That(Actions(statements, CalleePolicy.Data), Is.EqualTo(expected));

    [TestCase(CalleePolicy.Data, true, false)]
    [TestCase(CalleePolicy.All, false, false)]
    [TestCase(CalleePolicy.None, true, true)]
    public void Callees_decide(CalleePolicy callees, bool closesForOthers, bool closesForTheFramework)
    {
        string actions = Actions("*p = 1; F(); *p = 2; Buffer.MemoryCopy(p, p, 4, 4); *p = 3;", callees);

        Assert.That(actions.Contains("Suspend call F", StringComparison.Ordinal), Is.EqualTo(closesForOthers), actions);
        Assert.That(actions.Contains("Suspend call MemoryCopy", StringComparison.Ordinal), Is.EqualTo(closesForTheFramework), actions);
    }

    [Test]
    public void A_namesake_in_another_assembly_has_a_static_constructor_of_its_own()
    {
        const string source = "namespace System.Net { public static class IPAddress { public static int Own; static IPAddress() { Own = 1; } } } " +
            "public static unsafe class C { [MemSentry.SafeRegionAccess] public static void M(int* p) => *p = System.Net.IPAddress.Own; }";
        ModuleDefinition module = CSharpFixture.Compile(source).Read();
        Mono.Collections.Generic.Collection<Instruction> code = module.GetType("C").Methods.Single(m => m.Name == "M").Body.Instructions;
        code.Insert(0, Instruction.Create(OpCodes.Ldsfld, module.ImportReference(typeof(System.Net.IPAddress).GetField("Any"))));
        code.Insert(1, Instruction.Create(OpCodes.Pop));
        ModulePlan? plan = ModuleWeave.Plan(new ModuleMembers(module), new WeaverOptions { ProtMethod = ProtectionMethod.Mprotect }, new DiagnosticList());

        Assert.That(plan!.Windows.Single().StaticConstructors.Select(t => t.Scope.Name).Distinct().Count(), Is.EqualTo(2));
    }

    private static string Actions(string statements, CalleePolicy callees)
    {
        string source = $"using System; using System.Numerics; using MemSentry; public static unsafe class C {{ {Foreign} [SafeRegionAccess] public static void M(int* p, int n) {{ {statements} }} " +
            "[SafeRegionAccess] public static void T(int* p) => *p = 1; public static class V { [SafeRegionAccess(Domain = \"vault\")] public static void W(int* p) => *p = 1; } }";
        ModuleDefinition module = CSharpFixture.Compile(source).Read();
        var diagnostics = new DiagnosticList();
        ModulePlan? plan = ModuleWeave.Plan(new ModuleMembers(module), new WeaverOptions { ProtMethod = ProtectionMethod.Mprotect, Callees = callees }, diagnostics);

        Assert.That(diagnostics, Is.Empty);
        return string.Join(", ", plan!.Windows.Single(w => w.Method.Name == "M").Actions.Select(Text));
    }

    private static string Text(WindowAction action) =>
        $"{action.Kind} {action.Target.OpCode.Name}{(action.Target.Operand is MethodReference callee ? " " + callee.Name : "")}";
}
