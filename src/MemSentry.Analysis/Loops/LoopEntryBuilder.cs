using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Members;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Loops;

/// <summary>
/// Makes the code on the way into a loop.
/// <para>
/// A loop that begins with a test is rotated: <c>jump to test; body; test: if (c) body</c> becomes <c>if (!c) exit; pad; body; test: if (c) body</c>. The copied
/// test is executed instead of the loop's own, not in addition to it, so whatever it does is done as often as before, and in the same order. At the pad it is
/// certain that the body will be entered.
/// </para>
/// </summary>
internal static class LoopEntryBuilder
{
    /// <param name="loop">The loop.</param>
    /// <param name="member">Its member.</param>
    /// <param name="rotate">Whether there are checks that go behind the test.</param>
    public static LoopEntry Build(Loop loop, CilMember member, bool rotate)
    {
        var beforeTest = Instruction.Create(OpCodes.Nop);
        Instruction? behindTest = rotate ? Instruction.Create(OpCodes.Nop) : null;
        List<Instruction> code = [beforeTest];
        if (behindTest is not null)
        {
            code.AddRange(CopyTest(loop, member, behindTest));
            code.Add(behindTest);
        }

        Instruction target = member[(rotate ? loop.First : loop.Header).Range.Start];
        if (loop.After + 1 >= member.Count || member[loop.After + 1] != target)
        {
            code.Add(Instruction.Create(OpCodes.Br, target));
        }

        Place(code, member[loop.Header.Range.Start].Offset);
        bool replaces = loop.WaysIn.Contains(loop.After) && member.FlowOf(loop.After) == FlowKind.Branch;
        return new LoopEntry(member[loop.After], [.. code], beforeTest, behindTest, replaces, [.. Redirected(loop, member)]);
    }

    private static IEnumerable<Instruction> Redirected(Loop loop, CilMember member) =>
        loop.WaysIn.Where(w => w != loop.After && member.TargetsOf(w).Contains(loop.Header.Range.Start)).Select(w => member[w]);

    private static List<Instruction> CopyTest(Loop loop, CilMember member, Instruction pad)
    {
        int last = loop.Header.Range.End - 1;
        var code = new List<Instruction>();
        for (int i = loop.Header.Range.Start; i < last; i++)
        {
            code.Add(Copy(member[i], member[i].Operand));
        }

        if (member.TargetsOf(last)[0] == loop.First.Range.Start)
        {
            code.Add(Copy(member[last], pad));
            code.Add(Instruction.Create(OpCodes.Br, member[last + 1]));
        }
        else
        {
            code.Add(Copy(member[last], member[last].Operand));
        }

        return code;
    }

    private static Instruction Copy(Instruction instruction, object? operand)
    {
        var copy = Instruction.Create(OpCodes.Nop);
        (copy.OpCode, copy.Operand, copy.Offset) = (instruction.OpCode, operand, instruction.Offset);
        return copy;
    }

    /// <summary>Links the instructions, and says of what is no copy that it belongs to the test.</summary>
    private static void Place(List<Instruction> code, int offset)
    {
        for (int i = 0; i < code.Count; i++)
        {
            code[i].Previous = i > 0 ? code[i - 1] : null;
            code[i].Next = i + 1 < code.Count ? code[i + 1] : null;
            code[i].Offset = Math.Max(code[i].Offset, offset);
        }
    }
}
