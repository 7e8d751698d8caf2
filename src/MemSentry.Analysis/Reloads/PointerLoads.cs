using MemSentry.Analysis.Accessors;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Reloads;

/// <summary>Loads of raw addresses from fields.</summary>
internal static class PointerLoads
{
    /// <summary>Whether an instruction is one.</summary>
    public static bool Include(Instruction instruction) =>
        instruction is { OpCode.Code: Code.Ldfld or Code.Ldsfld, Operand: FieldReference field } && Accessor.IsAddress(field.FieldType) && IsPlain(instruction);

    /// <summary>Whether a load has no prefix: not volatile, and of aligned memory.</summary>
    public static bool IsPlain(Instruction load) => load.Previous is not { OpCode.OpCodeType: OpCodeType.Prefix };

    /// <summary>Whether a body loads some pointer from the same field twice: whether there is anything to find out.</summary>
    public static bool RepeatIn(MethodBody body)
    {
        HashSet<object>? fields = null;
        foreach (Instruction instruction in body.Instructions)
        {
            if (Include(instruction) && !(fields ??= []).Add(instruction.Operand))
            {
                return true;
            }
        }

        return false;
    }
}
