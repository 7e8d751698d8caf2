using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Windows;

/// <summary>Recognises calls of the runtime's switches: nothing else opens or closes a domain.</summary>
internal static class WindowCall
{
    /// <summary>The name of the switch that an instruction calls; null if it calls none.</summary>
    public static string? NameOf(Instruction instruction) =>
        instruction.Operand is MethodReference member && IsOfRuntime(member, "Window") ? member.Name : null;

    /// <summary>Whether a member belongs to a type of the runtime that woven code calls. One of the module that only has the name is none.</summary>
    public static bool IsOfRuntime(MethodReference member, string type) =>
        member.DeclaringType is { Namespace: "MemSentry.CompilerServices", Scope: AssemblyNameReference { Name: "MemSentry.Runtime" } } declaring && declaring.Name == type;

    /// <summary>Whether an instruction calls one of them by <c>call</c>.</summary>
    public static bool Is(Instruction instruction, string name) => instruction.OpCode.Code == Code.Call && NameOf(instruction) == name;

    /// <summary>The constant that an instruction pushes; null if it pushes none.</summary>
    public static int? Constant(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Ldc_I4_M1 => -1,
        >= Code.Ldc_I4_0 and <= Code.Ldc_I4_8 => instruction.OpCode.Code - Code.Ldc_I4_0,
        Code.Ldc_I4_S => (sbyte)instruction.Operand,
        Code.Ldc_I4 => (int)instruction.Operand,
        _ => null,
    };
}
