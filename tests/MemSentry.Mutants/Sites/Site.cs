using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Sites;

/// <summary>One check in a woven body: a run of instructions that the weaver put there.</summary>
/// <param name="Member">The member.</param>
/// <param name="Start">Index of its first instruction.</param>
/// <param name="Length">How many instructions it has.</param>
public abstract record Site(MethodDefinition Member, int Start, int Length)
{
    /// <summary>Index of the instruction behind it.</summary>
    public int End => Start + Length;

    /// <summary>IL offset of its first instruction in the woven body.</summary>
    public int Offset => this[0].Offset;

    /// <summary>One of its instructions.</summary>
    public Instruction this[int index] => Member.Body.Instructions[Start + index];
}
