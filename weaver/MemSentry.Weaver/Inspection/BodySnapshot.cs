using MemSentry.Weaver.Rewriting;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Inspection;

/// <summary>A body at one moment: its instructions with their offsets and texts, which the next edit changes.</summary>
/// <param name="Size">The size of the code, in bytes.</param>
/// <param name="Instructions">In order.</param>
internal sealed record BodySnapshot(int Size, IReadOnlyList<(Instruction Instruction, Code Code, int Offset, string Text)> Instructions)
{
    public static BodySnapshot Of(MethodBody body)
    {
        int size = BodyOffsets.Compute(body);
        return new BodySnapshot(size, [.. body.Instructions.Select(i => (i, i.OpCode.Code, i.Offset, InstructionText.Of(i)))]);
    }
}
