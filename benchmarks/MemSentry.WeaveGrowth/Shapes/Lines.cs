using Mono.Cecil.Cil;

namespace MemSentry.WeaveGrowth.Shapes;

/// <summary>Members without branches.</summary>
internal static class Lines
{
    /// <summary>Each access is through another address.</summary>
    public static void Fresh(MemberCode code, int instructions)
    {
        for (int i = 0; code.Count < instructions; i++)
            code.Access(i);
    }

    /// <summary>Each access is through the same pointer.</summary>
    public static void OneOrigin(MemberCode code, int instructions)
    {
        VariableDefinition pointer = code.Pointer();
        code.Add(Instruction.Create(OpCodes.Ldarg_1), Instruction.Create(OpCodes.Ldind_I), Instruction.Create(OpCodes.Stloc, pointer));
        while (code.Count < instructions)
            code.Read(pointer);
    }

    /// <summary>Pointers leave woven code, again and again.</summary>
    public static void Calls(MemberCode code, int instructions)
    {
        while (code.Count < instructions)
            code.Call();
    }
}
