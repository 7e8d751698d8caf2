using MemSentry.AccessTable;
using Mono.Cecil;
using Mono.Cecil.Cil;
using static MemSentry.Windows.Tests.ProgramMutants;

namespace MemSentry.Windows.Tests;

/// <summary>What only gates of the method <c>mpk</c> have: stubs, and bodies that say what they open again.</summary>
public sealed class StubMutantTests
{
    private const int EveryNth = 11;

    private static readonly Dictionary<string, Func<ModuleDefinition, IEnumerable<Action>>> Kinds = new()
    {
        ["a stub is another domain's"] = m => Stubs(m, (_, address) => address.Operand = (long)address.Operand ^ GateLayout.PageLength),
        ["another stub is called"] = m => Stubs(m, (_, address) => address.Operand = (long)address.Operand ^ GateLayout.EntryLength),
        ["a stub is not called"] = m => Stubs(m, (_, address) => LeaveOutStub(address)),
        ["the two ways of a gate are exchanged"] = m => Gates(m).Select(g => (Action)(() => ExchangeWays(g.Body))),
        ["what is asked is asked the other way round"] = m => Opcodes(m, Code.Brtrue, (_, way) => way.OpCode = OpCodes.Brfalse).Concat(Opcodes(m, Code.Brtrue_S, (_, way) => way.OpCode = OpCodes.Brfalse_S)),
        ["a body opens again for more"] = m => Resumes(m, (_, resume) => Constant(resume.Previous.Previous.Previous, 3)),
        ["a body opens another domain again"] = m => Resumes(m, (_, resume) => Constant(resume.Previous.Previous.Previous.Previous, 12345)),
        ["a body without a key opens one"] = m => PlainResumes(m, (body, resume) => OpenByKey(m, body, resume)),
        ["somebody else names a stub"] = m => [() => Insert(m, Instruction.Create(OpCodes.Ldc_I8, GateLayout.AddressOf(DomainNumber.Of(""), GateEntry.EnterToWrite)))],
    };

    private static IEnumerable<TestCaseData> All() => Kinds.Keys.Select(k => new TestCaseData(k));

    [TestCaseSource(nameof(All))]
    public void The_verifier_rejects_it_when(string kind) => new ProgramMutants("mpk", EveryNth).ExpectRejection(kind, Kinds[kind]);

    private static IEnumerable<Action> Stubs(ModuleDefinition module, Action<MethodBody, Instruction> change) =>
        from method in Gates(module).Concat(Twins(module))
        from address in method.Body.Instructions.ToArray()
        where address is { OpCode.Code: Code.Ldc_I8, Next.Next.OpCode.Code: Code.Calli }
        select (Action)(() => change(method.Body, address));

    private static IEnumerable<Action> Resumes(ModuleDefinition module, Action<MethodBody, Instruction> change) =>
        from method in Twins(module)
        from call in method.Body.Instructions.ToArray()
        where call.Operand is MethodReference { Name: "Resume", Parameters.Count: 3 }
        select (Action)(() => change(method.Body, call));

    private static IEnumerable<Action> PlainResumes(ModuleDefinition module, Action<MethodBody, Instruction> change) =>
        from method in Twins(module)
        from call in method.Body.Instructions.ToArray()
        where call.Operand is MethodReference { Name: "Resume", Parameters.Count: 1 }
        select (Action)(() => change(method.Body, call));

    /// <summary>The one Resume becomes the other, with a domain that is not the body's.</summary>
    private static void OpenByKey(ModuleDefinition module, MethodBody body, Instruction resume)
    {
        MethodReference byKey = Bodies(module).SelectMany(m => m.Body.Instructions).Select(i => i.Operand).OfType<MethodReference>().First(m => m is { Name: "Resume", Parameters.Count: 3 });
        int frame = body.Instructions.IndexOf(resume) - 2;
        body.Instructions.Insert(frame, Instruction.Create(OpCodes.Ldc_I4_2));
        body.Instructions.Insert(frame, Instruction.Create(OpCodes.Ldc_I4, DomainNumber.Of("")));
        resume.Operand = byKey;
    }

    private static void LeaveOutStub(Instruction address)
    {
        Instruction call = address.Next.Next;
        bool answers = ((CallSite)call.Operand).ReturnType is OptionalModifierType { ElementType.MetadataType: MetadataType.Int32 };
        (call.OpCode, call.Operand) = (answers ? OpCodes.Conv_I4 : OpCodes.Pop, null);
    }

    private static void ExchangeWays(MethodBody body)
    {
        Instruction[] ways = [.. body.Instructions.Where(i => i.OpCode.Code is Code.Brtrue or Code.Brtrue_S)];
        (ways[0].Operand, ways[1].Operand) = (ways[1].Operand, ways[0].Operand);
    }
}
