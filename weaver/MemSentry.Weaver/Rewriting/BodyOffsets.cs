using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting;

/// <summary>
/// Numbers the instructions of a body. Cecil sets offsets when it reads a body and again when it writes it; in between, code that another
/// weaver of the same build inserted has the offset 0, and two instructions with one offset would confuse everybody who comes after.
/// </summary>
internal static class BodyOffsets
{
    /// <summary>Numbers the bodies that are looked at; of a body nobody has touched, nothing changes.</summary>
    public static void Refresh(ModuleMembers members)
    {
        foreach (MethodDefinition method in members.Unsettled)
            Compute(method.Body);
    }

    /// <summary>Numbers one body.</summary>
    /// <returns>The size of the code, in bytes.</returns>
    public static int Compute(MethodBody body)
    {
        int offset = 0;
        foreach (Instruction instruction in body.Instructions)
        {
            RequireOperand(instruction, body.Method);
            instruction.Offset = offset;
            offset += instruction.GetSize();
        }

        return offset;
    }

    /// <summary>Cecil reads a branch to the middle of an instruction, or out of the body, as a branch to null.</summary>
    private static void RequireOperand(Instruction instruction, MethodDefinition method)
    {
        bool complete = instruction.OpCode.OperandType switch
        {
            OperandType.InlineNone => true,
            OperandType.InlineSwitch => instruction.Operand is Instruction[] targets && !targets.Contains(null),
            _ => instruction.Operand is not null,
        };
        if (!complete)
            throw new WeaveException(Diagnostic.Error(DiagnosticId.MemberNotAnalysable,
                $"The IL of {MemberSignature.Of(method)} is not valid: the operand of {instruction.OpCode.Name} at IL_{instruction.Offset:x4} " +
                "leads nowhere; compile the assembly again or remove the member."));
    }
}
