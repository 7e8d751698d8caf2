using MemSentry.AccessTable;
using MemSentry.Verifier.Flow;
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
            return DynamicCasts.Include(instruction);

        if (instruction.Operand is not MethodReference callee)
            return true;

        if (callee.DeclaringType is ArrayType)
            return DynamicCasts.Include(instruction);

        return WindowCall.NameOf(instruction) is null && DataTable.Find(callee) switch
        {
            DataCallee.Indifferent => false,
            DataCallee.OnData => callees == "none",
            _ => true,
        };
    }
}
