using MemSentry.Analysis.Options;
using MemSentry.Verifier.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests;

/// <summary>Bodies behind gates that set off what must not run in their window.</summary>
[TestFixture]
internal sealed class WindowTests
{
    private const string Source = """
        namespace System.Net { public static class IPAddress { public static int Own; static IPAddress() { Own = 1; } } }
        public static unsafe class C
        {
            [SafeRegionAccess] public static int Run(int* p, IDisposable d) { int first = *p; return first + System.Net.IPAddress.Own; }
        }
        """;

    [Test]
    public void A_gate_that_runs_its_static_constructors_is_proven() => Assert.That(Codes((_, _) => { }), Is.Empty);

    [Test]
    public void A_static_constructor_is_not_that_of_a_namesake() => Assert.That(Codes((module, code) =>
    {
        FieldReference foreign = module.ImportReference(typeof(System.Net.IPAddress).GetField("Any"));
        Insert(code, Instruction.Create(OpCodes.Ldsfld, foreign), Instruction.Create(OpCodes.Pop));
    }), Is.EqualTo(new[] { VerifierCode.GateAltered }));

    [Test]
    public void The_end_of_a_finally_block_is_not_that_of_the_block_around_it()
    {
        const string nested = """
            public static unsafe class C
            {
                [SafeRegionAccess] public static void Run(int* p, IDisposable d)
                {
                    try { d.Dispose(); } finally { try { d.Dispose(); } finally { *p = 1; } d.Dispose(); }
                    d.Dispose();
                }
            }
            """;
        using var work = new Workplace();
        string woven = work.Weave(work.Compile(nested), new WeaverOptions { ProtMethod = ProtectionMethod.Mprotect });
        Assert.That(Workplace.Verify(woven).Findings, Is.Empty);
    }

    [TestCase(typeof(IDisposable), VerifierCode.WindowLeftOpen)]
    [TestCase(typeof(object), VerifierCode.WindowLeftOpen)]
    [TestCase(typeof(int), null)]
    [TestCase(typeof(Guid), null)]
    public void A_store_into_an_array_of_two_dimensions_asks_objects(Type element, VerifierCode? expected) => Assert.That(Codes((module, code) =>
    {
        var array = new ArrayType(module.ImportReference(element), 2);
        var set = new MethodReference("Set", module.TypeSystem.Void, array) { HasThis = true };
        foreach (TypeReference type in (TypeReference[])[module.TypeSystem.Int32, module.TypeSystem.Int32, array.ElementType])
            set.Parameters.Add(new ParameterDefinition(type));
        code.Body.Variables.Add(new VariableDefinition(array.ElementType));
        Insert(code, Instruction.Create(OpCodes.Ldnull), Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Ldloc, code.Body.Variables[^1]), Instruction.Create(OpCodes.Call, set));
    }), Is.EqualTo(expected is { } code ? new[] { code } : []));

    [TestCase("Window", "Leave")]
    [TestCase("BorderCheck", "Displaced")]
    [TestCase("WindowBody", "Prepare")]
    [TestCase("RuntimeHelpers", "RunClassConstructor")]
    public void A_member_of_the_module_that_only_has_the_name_is_none_of_the_runtime(string type, string member) => Assert.That(Codes((module, _) =>
    {
        Instruction[] calls = [.. module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).SelectMany(m => m.Body.Instructions)
            .Where(i => i.Operand is MethodReference callee && callee.Name == member && callee.DeclaringType.Name == type)];
        Assert.That(calls, Is.Not.Empty);
        MethodDefinition own = Namesake(module, (MethodReference)calls[0].Operand);
        foreach (Instruction call in calls)
            call.Operand = own;
    }), Does.Contain(VerifierCode.GateAltered));

    private static MethodDefinition Namesake(ModuleDefinition module, MethodReference original)
    {
        var type = new TypeDefinition(original.DeclaringType.Namespace, original.DeclaringType.Name, TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        var member = new MethodDefinition(original.Name, MethodAttributes.Public | MethodAttributes.Static, original.ReturnType);
        foreach (ParameterDefinition parameter in original.Parameters)
            member.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
        member.Body.Instructions.Add(Instruction.Create(OpCodes.Ret));
        type.Methods.Add(member);
        module.Types.Add(type);
        return member;
    }

    /// <summary>What the verifier finds in the fixture when its twin was changed.</summary>
    private static IEnumerable<VerifierCode> Codes(Action<ModuleDefinition, MethodDefinition> change)
    {
        using var work = new Workplace();
        string woven = work.Weave(work.Compile(Source), new WeaverOptions { ProtMethod = ProtectionMethod.Mprotect });
        string changed = work.Change(woven, module => change(module, module.GetType("C").Methods.Single(m => m.Name == "Run|MemSentryTwin")));
        return Workplace.Verify(changed).Findings.Select(f => f.Code).Distinct();
    }

    /// <summary>Behind the first access, where the window is open.</summary>
    private static void Insert(MethodDefinition twin, params Instruction[] added)
    {
        int at = twin.Body.Instructions.IndexOf(twin.Body.Instructions.First(i => i.OpCode.Code == Code.Ldind_I4)) + 1;
        foreach (Instruction instruction in added)
            twin.Body.Instructions.Insert(at++, instruction);
    }
}
