using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting;

/// <summary>An instruction with its prefixes (<c>volatile.</c>, <c>unaligned.</c>, <c>constrained.</c>, …) is one unit: ECMA-335 III.2.</summary>
internal static class PrefixChain
{
    /// <summary>
    /// The first prefix of an instruction, or the instruction itself. Code for the instruction goes before this one; a branch into the
    /// middle of the chain is not legal IL.
    /// </summary>
    public static Instruction FirstOf(Instruction instruction)
    {
        Instruction first = instruction;
        while (first.Previous is { OpCode.OpCodeType: OpCodeType.Prefix } prefix)
            first = prefix;

        return first;
    }
}
