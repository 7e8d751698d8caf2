using System.Collections.Immutable;
using MemSentry.Analysis.Members;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Operation = Mono.Cecil.Cil.Code;

namespace MemSentry.Analysis.Accessors;

/// <summary>
/// A member that does nothing but return a pointer that a field of its object holds, or one at a fixed distance: <c>Node* Head => _head</c>.
/// </summary>
/// <param name="Code">What it does to its object as it lies on the stack when it is called: at most as many instructions as a call has bytes.</param>
internal sealed record Getter(ImmutableArray<Instruction> Code)
{
    private const int MostInstructions = 5;

    /// <summary>The member as a getter; null if it is none.</summary>
    public static Getter? Of(MethodDefinition method) =>
        method is { HasThis: true, IsVirtual: false, HasParameters: false } && Accessor.CanGiveWay(method) && Accessor.IsAddress(method.ReturnType) && method.HasInstructions()
        && method.Body is { HasExceptionHandlers: false, HasVariables: false } body && Read(body) is { } code
            ? new Getter(code)
            : null;

    /// <summary>Whether a member may do what the getter does: whether it sees all of its fields.</summary>
    public bool IsVisibleTo(MethodDefinition member) => Code.All(i => i.Operand is not FieldReference field || (field is FieldDefinition own && IsVisible(own, member.DeclaringType)));

    private static bool IsVisible(FieldDefinition field, TypeDefinition? from) =>
        field.IsAssembly || field.IsFamilyOrAssembly || field.IsPublic || (from is not null && (field.DeclaringType == from || IsVisible(field, from.DeclaringType)));

    /// <summary>Its code without the first instruction, which pushes the object, and the last, which returns.</summary>
    private static ImmutableArray<Instruction>? Read(MethodBody body)
    {
        Instruction[] code = [.. body.Instructions.Where(i => i.OpCode.Code != Operation.Nop)];
        bool isShort = code.Length is >= 3 and <= MostInstructions + 2 && code[0].OpCode.Code == Operation.Ldarg_0 && code[^1].OpCode.Code == Operation.Ret;
        return isShort && code[1].OpCode.Code is Operation.Ldfld or Operation.Ldflda && LeavesOne(code[1..^1]) ? [.. code[1..^1]] : null;
    }

    /// <summary>Whether code only computes and loads from fields, takes nothing from the stack but one value and what it has pushed itself, and leaves one.</summary>
    private static bool LeavesOne(Instruction[] code)
    {
        int depth = 1;
        foreach (Instruction instruction in code)
        {
            switch (instruction.OpCode.Code)
            {
                case Operation.Ldfld or Operation.Ldflda or Operation.Conv_I or Operation.Conv_U when depth >= 1:
                    break;
                case Operation.Add or Operation.Sub or Operation.Mul when depth >= 2:
                    depth--;
                    break;
                case Operation.Sizeof or (>= Operation.Ldc_I4_M1 and <= Operation.Ldc_I4):
                    depth++;
                    break;
                default:
                    return false;
            }
        }

        return depth == 1;
    }
}
