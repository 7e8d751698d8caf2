using Mono.Cecil.Cil;

namespace MemSentry.Attacks.Reading;

/// <summary>Checks that a row really contains the instructions it claims to be about: compilers choose, attributes only say.</summary>
public static class OpcodeClaim
{
    /// <summary>Whether one body that the row runs has all claimed instructions, in order, prefixes directly before their instruction.</summary>
    public static bool Holds(DeclaredRow row) => ReachableBodies.From(row.Method).Any(body => Holds(body, row.Opcodes));

    private static bool Holds(MethodBody body, IReadOnlyList<string> opcodes)
    {
        Instruction? current = body.Instructions.FirstOrDefault();
        for (int i = 0; i < opcodes.Count; i++)
        {
            bool isGlued = i > 0 && opcodes[i - 1].EndsWith('.');
            while (!isGlued && current is not null && current.OpCode.Name != opcodes[i])
                current = current.Next;
            if (current is null || current.OpCode.Name != opcodes[i])
                return false;
            current = current.Next;
        }

        return true;
    }
}
