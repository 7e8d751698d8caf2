using System.Globalization;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting;

/// <summary>
/// Creates instructions in their shortest encoding (ECMA-335 III.1.7.1). Only code of ours is encoded anew: the encodings that the
/// compiler chose stay as they are, so that a woven body differs from the input by the checks and by nothing else.
/// </summary>
internal static class CompactInstruction
{
    private static readonly OpCode[] LoadConstant =
    [
        OpCodes.Ldc_I4_0, OpCodes.Ldc_I4_1, OpCodes.Ldc_I4_2, OpCodes.Ldc_I4_3, OpCodes.Ldc_I4_4,
        OpCodes.Ldc_I4_5, OpCodes.Ldc_I4_6, OpCodes.Ldc_I4_7, OpCodes.Ldc_I4_8,
    ];

    private static readonly OpCode[] LoadFirstArguments = [OpCodes.Ldarg_0, OpCodes.Ldarg_1, OpCodes.Ldarg_2, OpCodes.Ldarg_3];
    private static readonly OpCode[] LoadFirstLocals = [OpCodes.Ldloc_0, OpCodes.Ldloc_1, OpCodes.Ldloc_2, OpCodes.Ldloc_3];

    private static readonly OpCode[] StoreFirstLocals = [OpCodes.Stloc_0, OpCodes.Stloc_1, OpCodes.Stloc_2, OpCodes.Stloc_3];

    /// <summary>Pushes a constant.</summary>
    public static Instruction LoadInt32(int value) => value switch
    {
        -1 => Instruction.Create(OpCodes.Ldc_I4_M1),
        >= 0 and <= 8 => Instruction.Create(LoadConstant[value]),
        >= sbyte.MinValue and <= sbyte.MaxValue => Instruction.Create(OpCodes.Ldc_I4_S, sbyte.CreateChecked(value)),
        _ => Instruction.Create(OpCodes.Ldc_I4, value),
    };

    /// <summary>Pushes a local variable that belongs to a body already.</summary>
    public static Instruction LoadLocal(VariableDefinition local) =>
        Access(local, LoadFirstLocals, OpCodes.Ldloc_S, OpCodes.Ldloc);

    /// <summary>Pushes the address of a local variable that belongs to a body already.</summary>
    public static Instruction LoadLocalAddress(VariableDefinition local) =>
        Instruction.Create(local.Index <= byte.MaxValue ? OpCodes.Ldloca_S : OpCodes.Ldloca, local);

    /// <summary>Pushes an argument or local variable.</summary>
    public static Instruction Load(object variable) =>
        variable is ParameterDefinition parameter ? LoadArgument(parameter) : LoadLocal((VariableDefinition)variable);

    /// <summary>Pops into an argument or local variable.</summary>
    public static Instruction Store(object variable) => variable is ParameterDefinition parameter
        ? Instruction.Create(parameter.Sequence <= byte.MaxValue ? OpCodes.Starg_S : OpCodes.Starg, parameter)
        : StoreLocal((VariableDefinition)variable);

    /// <summary>Pushes an argument.</summary>
    public static Instruction LoadArgument(ParameterDefinition parameter) => parameter.Sequence switch
    {
        < 4 => Instruction.Create(LoadFirstArguments[parameter.Sequence]),
        <= byte.MaxValue => Instruction.Create(OpCodes.Ldarg_S, parameter),
        _ => Instruction.Create(OpCodes.Ldarg, parameter),
    };

    /// <summary>Pops into a local variable that belongs to a body already.</summary>
    public static Instruction StoreLocal(VariableDefinition local) =>
        Access(local, StoreFirstLocals, OpCodes.Stloc_S, OpCodes.Stloc);

    private static Instruction Access(VariableDefinition local, OpCode[] first, OpCode shortForm, OpCode longForm) => local.Index switch
    {
        < 0 => throw new InvalidOperationException(
            string.Create(CultureInfo.InvariantCulture, $"The local variable {local} belongs to no body yet.")),
        < 4 => Instruction.Create(first[local.Index]),
        <= byte.MaxValue => Instruction.Create(shortForm, local),
        _ => Instruction.Create(longForm, local),
    };
}
