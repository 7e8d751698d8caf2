using MemSentry.AccessTable;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Windows;

/// <summary>Which calls may run while a window is open.</summary>
/// <param name="callees">The stamped option <c>Callees</c>.</param>
internal sealed class CalleeRule(string callees)
{
    /// <summary>Whether an instruction may run code that must find the window closed: a call, or a question for an interface, which objects may answer themselves.</summary>
    public bool IsForeign(Instruction instruction)
    {
        if (callees == "all")
            return false;
        if (instruction.OpCode.Code is not (Code.Call or Code.Callvirt or Code.Newobj or Code.Calli))
            return AsksObject(instruction);

        if (instruction.Operand is not MethodReference callee)
            return true;

        return callee.DeclaringType is not ArrayType && WindowCall.NameOf(instruction) is null && DataTable.Find(callee) switch
        {
            DataCallee.Indifferent => false,
            DataCallee.OnData => callees == "none",
            _ => true,
        };
    }

    private static bool AsksObject(Instruction instruction)
    {
        if (instruction.OpCode.Code is Code.Ldvirtftn or Code.Stelem_Ref)
            return true;
        if (instruction.OpCode.Code is not (Code.Castclass or Code.Isinst or Code.Unbox_Any or Code.Stelem_Any))
            return false;

        var type = (TypeReference)instruction.Operand;
        return type is GenericParameter parameter
            ? !parameter.HasNotNullableValueTypeConstraint
            : type is not ArrayType && (type.Resolve()?.IsInterface ?? true);
    }
}
