using Mono.Cecil.Cil;

namespace MemSentry.WeaveGrowth.Shapes;

/// <summary>Members with protected blocks.</summary>
internal static class TryRegions
{
    private const int InstructionsPerRegion = 9;

    /// <summary>Deeper than people nest. Each block has an edge to every handler around it, so that the depth is a factor of its own.</summary>
    private const int Depth = 16;

    /// <summary>One block after the other, with a <c>catch</c> and a <c>finally</c> in turn.</summary>
    public static void InSequence(MemberCode code, int instructions)
    {
        for (int i = 0; code.Count < instructions; i++)
        {
            Instruction start = code.Add(OpCodes.Nop);
            code.Access(i);
            Close(code, start, i);
        }
    }

    /// <summary>Many, each inside the one before, and so again and again.</summary>
    public static void Nested(MemberCode code, int instructions)
    {
        var open = new Stack<Instruction>();
        while (code.Count < instructions)
        {
            while (open.Count < Depth)
            {
                open.Push(code.Add(OpCodes.Nop));
                code.Access(open.Count);
            }

            while (open.TryPop(out Instruction? start))
                Close(code, start, open.Count);
        }
    }

    /// <summary>One block in which a variable changes all the time, so that its handler has many states to expect.</summary>
    public static void Stores(MemberCode code, int instructions)
    {
        VariableDefinition pointer = code.Pointer();
        Instruction start = code.Add(OpCodes.Nop);
        for (int i = 0; code.Count < instructions - InstructionsPerRegion; i++)
        {
            code.LoadMoved(i);
            code.Add(Instruction.Create(OpCodes.Stloc, pointer));
        }

        Close(code, start, 0);
        code.Read(pointer);
    }

    private static void Close(MemberCode code, Instruction start, int which)
    {
        Instruction behind = Instruction.Create(OpCodes.Nop);
        code.Add(Instruction.Create(OpCodes.Leave, behind));
        bool catches = which % 2 == 0;
        Instruction handler = code.Add(catches ? OpCodes.Pop : OpCodes.Nop);
        code.Add(catches ? Instruction.Create(OpCodes.Leave, behind) : Instruction.Create(OpCodes.Endfinally), behind);
        if (catches)
            code.Catch(start, handler);
        else
            code.Finally(start, handler);
    }
}
