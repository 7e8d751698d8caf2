using Mono.Cecil;
using Mono.Cecil.Cil;
using BindingFlags = System.Reflection.BindingFlags;

namespace MemSentry.Verifier.Tests.Fixtures;

/// <summary>
/// Bodies of random instructions that an assembler could write: operands lie on the stack, but of any type; branches lead anywhere in the body. The same
/// seed gives the same bodies.
/// </summary>
internal sealed class HostileBodies(ModuleDefinition module, int seed)
{
    private readonly Random _random = new(seed);
    private readonly TypeDefinition _type = module.GetType("C");
    private readonly TypeReference[] _types = [.. module.GetType("C").Methods.SelectMany(m => m.Parameters).Select(p => p.ParameterType).Where(t => !t.ContainsGenericParameter)];

    /// <summary>Every opcode there is.</summary>
    public static OpCode[] Opcodes { get; } =
        [.. typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (OpCode)f.GetValue(null)!).Where(o => o.OpCodeType != OpCodeType.Nternal)];

    /// <summary>Adds a member with a random body.</summary>
    public MethodDefinition Add(int number)
    {
        var member = new MethodDefinition($"Hostile{number}", MethodAttributes.Public | MethodAttributes.Static, OneOf(_types));
        for (int i = 0; i < 4; i++)
        {
            member.Parameters.Add(new ParameterDefinition(OneOf(_types)));
            member.Body.Variables.Add(new VariableDefinition(OneOf(_types)));
        }

        _type.Methods.Add(member);
        Instruction[] labels = [.. Enumerable.Range(0, 4).Select(_ => Instruction.Create(OpCodes.Nop))];
        foreach (Instruction label in labels)
        {
            for (int i = _random.Next(6); i > 0; i--)
                AddInstruction(member.Body, labels);
            member.Body.Instructions.Add(label);
        }

        AddInstruction(member.Body, labels);
        if (_random.Next(4) == 0)
            Protect(member.Body, labels);
        return member;
    }

    private void AddInstruction(MethodBody body, Instruction[] labels)
    {
        OpCode opcode = OneOf(Opcodes);
        MethodDefinition called = OneOf(_type.Methods);
        for (int operands = Operands(opcode, called); operands > 0; operands--)
            body.Instructions.Add(Instruction.Create(OneOf([OpCodes.Ldarg, OpCodes.Ldarga]), OneOf(body.Method.Parameters)));
        body.Instructions.Add(Create(opcode, body, called, labels));
    }

    private Instruction Create(OpCode opcode, MethodBody body, MethodDefinition called, Instruction[] labels) => opcode.OperandType switch
    {
        OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget => Instruction.Create(opcode, OneOf(labels)),
        OperandType.InlineSwitch => Instruction.Create(opcode, labels),
        OperandType.InlineMethod or OperandType.InlineTok => Instruction.Create(opcode, (MethodReference)called),
        OperandType.InlineField => Instruction.Create(opcode, (FieldReference)new FieldDefinition("absent", FieldAttributes.Public, OneOf(_types)) { DeclaringType = _type }),
        OperandType.InlineType => Instruction.Create(opcode, OneOf(_types)),
        OperandType.InlineVar or OperandType.ShortInlineVar => Instruction.Create(opcode, OneOf(body.Variables)),
        OperandType.InlineArg or OperandType.ShortInlineArg => Instruction.Create(opcode, OneOf(body.Method.Parameters)),
        OperandType.InlineI => Instruction.Create(opcode, _random.Next()),
        OperandType.InlineI8 => Instruction.Create(opcode, _random.NextInt64()),
        OperandType.InlineR => Instruction.Create(opcode, 1.5),
        OperandType.ShortInlineR => Instruction.Create(opcode, 1.5f),
        OperandType.ShortInlineI => opcode == OpCodes.Ldc_I4_S ? Instruction.Create(opcode, (sbyte)_random.Next(100)) : Instruction.Create(opcode, (byte)_random.Next(100)),
        OperandType.InlineString => Instruction.Create(opcode, "text"),
        OperandType.InlineSig => Instruction.Create(opcode, new CallSite(OneOf(_types))),
        _ => Instruction.Create(opcode),
    };

    private void Protect(MethodBody body, Instruction[] labels) => body.ExceptionHandlers.Add(new ExceptionHandler(OneOf(Enum.GetValues<ExceptionHandlerType>()))
    {
        TryStart = labels[0],
        TryEnd = labels[1],
        FilterStart = labels[1],
        HandlerStart = labels[2],
        HandlerEnd = labels[3],
        CatchType = module.TypeSystem.Object,
    });

    private static int Operands(OpCode opcode, MethodDefinition called) => opcode.StackBehaviourPop switch
    {
        StackBehaviour.Varpop when opcode.OperandType == OperandType.InlineMethod => called.Parameters.Count,
        StackBehaviour.Pop0 or StackBehaviour.PopAll => 0,
        var pop => pop.ToString().Split('_').Length,
    };

    private T OneOf<T>(IList<T> items) => items[_random.Next(items.Count)];
}
