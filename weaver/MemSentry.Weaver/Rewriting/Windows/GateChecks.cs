using MemSentry.AccessTable;
using MemSentry.Analysis.Windows;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting.Windows;

/// <summary>Emits the comparison of what a caller hands to a whitelisted member with the block.</summary>
internal sealed class GateChecks(BorderChecks borders, string member)
{
    /// <summary>The checks of all parameters that a plan names.</summary>
    public IEnumerable<Instruction> Of(WindowPlan plan)
    {
        foreach (int index in plan.Checked)
        {
            TypeReference type = index < 0 ? new ByReferenceType(plan.Method.DeclaringType) : Bare(plan.Method.Parameters[index].ParameterType);
            yield return Instruction.Create(OpCodes.Ldarg, index < 0 ? plan.Method.Body.ThisParameter : plan.Method.Parameters[index]);
            foreach (Instruction instruction in Of(type))
                yield return instruction;
        }
    }

    private IEnumerable<Instruction> Of(TypeReference type)
    {
        bool isReference = type is ByReferenceType || IsSpan(type);
        IEnumerable<Instruction> subject = type switch
        {
            _ when IsSpan(type) || type.IsValueType && !type.IsPrimitive => [],
            _ => [Instruction.Create(OpCodes.Conv_U), Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Conv_I8), Instruction.Create(OpCodes.Ldc_I4_0)],
        };
        MethodReference check = IsSpan(type) ? borders.OfSpan((GenericInstanceType)type)
            : type.IsValueType && !type.IsPrimitive ? borders.OfHandle(type)
            : borders.Displaced;
        return
        [
            .. subject,
            Instruction.Create(OpCodes.Ldstr, member),
            Instruction.Create(OpCodes.Ldc_I4_0),
            CompactInstruction.LoadInt32((int)(isReference ? AccessKind.Conversion : AccessKind.Escape)),
            Instruction.Create(OpCodes.Call, check),
        ];
    }

    private static bool IsSpan(TypeReference type) =>
        type is GenericInstanceType { ElementType: { Namespace: "System", Name: "Span`1" or "ReadOnlySpan`1", DeclaringType: null } };

    private static TypeReference Bare(TypeReference type)
    {
        while (type is IModifierType modifier)
            type = modifier.ElementType;

        return type;
    }
}
