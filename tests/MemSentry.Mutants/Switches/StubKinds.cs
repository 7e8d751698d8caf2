using MemSentry.AccessTable;
using Mono.Cecil;
using Mono.Cecil.Cil;
using static MemSentry.Mutants.Switches.SwitchEdits;
using static MemSentry.Mutants.Switches.SwitchSites;

namespace MemSentry.Mutants.Switches;

/// <summary>What only the gates of the method <c>mpk</c> have: stubs, and bodies that say what they open again.</summary>
public static class StubKinds
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<SwitchKind> All { get; } =
    [
        new("stub-of-other-domain", m => Stubs(m, (_, address) => address.Operand = (long)address.Operand ^ GateLayout.PageLength)),
        new("other-stub", m => Stubs(m, (_, address) => address.Operand = (long)address.Operand ^ GateLayout.EntryLength)),
        new("stub-dropped", m => Stubs(m, (_, address) => LeaveOutStub(address))),
        new("stub-named-elsewhere", m => [InStranger(m, Instruction.Create(OpCodes.Ldc_I8, GateLayout.AddressOf(DomainNumber.Of(""), GateEntry.EnterToWrite)))]),
        new("ways-exchanged", m => Each(Gates(m).Where(g => WaysOf(g).Length > 1), ExchangeWays)),
        new("question-inverted", m => Each(Gates(m), i => i.OpCode.Code is Code.Brtrue or Code.Brtrue_S, (_, way) => way.OpCode = way.OpCode.Code == Code.Brtrue ? OpCodes.Brfalse : OpCodes.Brfalse_S)),
        new("body-reopens-for-more", m => Resumes(m, 3, (_, resume) => Constant(resume.Previous.Previous.Previous, 3))),
        new("body-reopens-other-domain", m => Resumes(m, 3, (_, resume) => Constant(resume.Previous.Previous.Previous.Previous, 12345))),
        new("body-without-key-opens", m => Resumes(m, 1, (body, resume) => OpenByKey(m, body, resume))),
    ];

    private static IEnumerable<SwitchMutation> Stubs(ModuleDefinition module, Action<MethodBody, Instruction> change) =>
        Each(Gates(module).Concat(Twins(module)), i => i is { OpCode.Code: Code.Ldc_I8, Next.Next.OpCode.Code: Code.Calli }, change);

    private static IEnumerable<SwitchMutation> Resumes(ModuleDefinition module, int parameters, Action<MethodBody, Instruction> change) =>
        Each(Twins(module), i => i.Operand is MethodReference { Name: "Resume" } resume && resume.Parameters.Count == parameters, change);

    /// <summary>The one Resume becomes the other, with a domain that is not the body's.</summary>
    private static void OpenByKey(ModuleDefinition module, MethodBody body, Instruction resume)
    {
        Insert(body, body.Instructions.IndexOf(resume) - 2, Instruction.Create(OpCodes.Ldc_I4, DomainNumber.Of("")), Instruction.Create(OpCodes.Ldc_I4_2));
        resume.Operand = WindowCalls(module).First(m => m is { Name: "Resume", Parameters.Count: 3 });
    }

    private static void LeaveOutStub(Instruction address)
    {
        Instruction call = address.Next.Next;
        bool answers = ((CallSite)call.Operand).ReturnType is OptionalModifierType { ElementType.MetadataType: MetadataType.Int32 };
        (call.OpCode, call.Operand) = (answers ? OpCodes.Conv_I4 : OpCodes.Pop, null);
    }

    private static void ExchangeWays(MethodDefinition gate)
    {
        Instruction[] ways = WaysOf(gate);
        (ways[0].Operand, ways[1].Operand) = (ways[1].Operand, ways[0].Operand);
    }

    private static Instruction[] WaysOf(MethodDefinition gate) => [.. gate.Body.Instructions.Where(i => i.OpCode.Code is Code.Brtrue or Code.Brtrue_S)];
}
