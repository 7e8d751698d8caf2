using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace MemSentry.Cli.Tests.Enumeration;

/// <summary>One instruction of a body.</summary>
internal sealed record DecodedInstruction(int Offset, int Next, ILOpCode Code, OpCode Opcode, int Operand, int[] Targets)
{
    public bool FallsThrough => Opcode.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw);
}
