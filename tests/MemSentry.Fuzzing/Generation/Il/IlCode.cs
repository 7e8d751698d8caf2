using MemSentry.Fuzzing.Generation.Tree;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Fuzzing.Generation.Il;

/// <summary>The instructions of a method, as they are added.</summary>
internal sealed class IlCode(MethodDefinition method)
{
    private readonly MethodBody _body = method.Body;

    /// <summary>A place to branch to.</summary>
    public static Instruction Label() => Instruction.Create(OpCodes.Nop);

    /// <summary>A new local variable.</summary>
    public VariableDefinition Variable(TypeReference type)
    {
        var variable = new VariableDefinition(type);
        _body.Variables.Add(variable);
        _body.InitLocals = true;
        return variable;
    }

    /// <summary>Puts a label here.</summary>
    public Instruction Mark(Instruction label)
    {
        _body.Instructions.Add(label);
        return label;
    }

    /// <summary>Puts a new label here.</summary>
    public Instruction Mark() => Mark(Label());

    public void Emit(OpCode code) => Mark(Instruction.Create(code));

    public void Emit(OpCode code, int value) => Mark(Instruction.Create(code, value));

    public void Emit(OpCode code, long value) => Mark(Instruction.Create(code, value));

    public void Emit(OpCode code, byte value) => Mark(Instruction.Create(code, value));

    public void Emit(OpCode code, Instruction target) => Mark(Instruction.Create(code, target));

    public void Emit(OpCode code, Instruction[] targets) => Mark(Instruction.Create(code, targets));

    public void Emit(OpCode code, VariableDefinition variable) => Mark(Instruction.Create(code, variable));

    public void Emit(OpCode code, FieldReference field) => Mark(Instruction.Create(code, field));

    public void Emit(OpCode code, MethodReference callee) => Mark(Instruction.Create(code, callee));

    public void Emit(OpCode code, TypeReference type) => Mark(Instruction.Create(code, type));

    /// <summary>An argument, by its position.</summary>
    public void Argument(int position) => Mark(Instruction.Create(OpCodes.Ldarg, method.Parameters[position]));

    /// <summary>A handler for what lies between two labels.</summary>
    public void Handle(ExceptionHandler handler) => _body.ExceptionHandlers.Add(handler);

    /// <summary>Reads what the address on the stack leads to, as a 64-bit integer.</summary>
    public void Read(Width width)
    {
        Emit(width switch
        {
            Width.I1 => OpCodes.Ldind_I1,
            Width.U1 => OpCodes.Ldind_U1,
            Width.I2 => OpCodes.Ldind_I2,
            Width.U2 => OpCodes.Ldind_U2,
            Width.I4 => OpCodes.Ldind_I4,
            Width.U4 => OpCodes.Ldind_U4,
            Width.I8 => OpCodes.Ldind_I8,
            Width.R4 => OpCodes.Ldind_R4,
            _ => OpCodes.Ldind_R8,
        });
        Widen(width);
    }

    /// <summary>Writes the value on the stack, which has the right type, to the address below it.</summary>
    public void Write(Width width) => Emit(width switch
    {
        Width.I1 or Width.U1 => OpCodes.Stind_I1,
        Width.I2 or Width.U2 => OpCodes.Stind_I2,
        Width.I4 or Width.U4 => OpCodes.Stind_I4,
        Width.I8 => OpCodes.Stind_I8,
        Width.R4 => OpCodes.Stind_R4,
        _ => OpCodes.Stind_R8,
    });

    /// <summary>Makes a 64-bit integer of a value of the width.</summary>
    public void Widen(Width width) => Emit(width is Width.U1 or Width.U2 or Width.U4 ? OpCodes.Conv_U8 : OpCodes.Conv_I8);

    /// <summary>Makes a value of the width of a 64-bit integer.</summary>
    public void Narrow(Width width) => Emit(width switch
    {
        Width.I1 => OpCodes.Conv_I1,
        Width.U1 => OpCodes.Conv_U1,
        Width.I2 => OpCodes.Conv_I2,
        Width.U2 => OpCodes.Conv_U2,
        Width.I4 => OpCodes.Conv_I4,
        Width.U4 => OpCodes.Conv_U4,
        Width.I8 => OpCodes.Conv_I8,
        Width.R4 => OpCodes.Conv_R4,
        _ => OpCodes.Conv_R8,
    });
}
