using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Sites;

/// <summary>
/// A compare with the block: <c>dup; conv.u; ldc 42; shr.un; ldc 4; bne.un OK; dup; conv.u; ldstr; ldc; ldc; call Throw; OK:</c>
/// </summary>
public sealed record CompareSite(MethodDefinition Member, int Start) : Site(Member, Start, Size)
{
    private const int Size = 12;

    /// <summary>Where the tested value comes from.</summary>
    public Instruction Tested => this[0];

    /// <summary>Loads the shift.</summary>
    public Instruction Shift => this[2];

    /// <summary>Loads the number of the block.</summary>
    public Instruction Block => this[4];

    /// <summary>Skips the throw.</summary>
    public Instruction Branch => this[5];

    /// <summary>The first instruction behind the check.</summary>
    public Instruction Ok => Member.Body.Instructions[End];

    /// <summary>The compares of a member, in order.</summary>
    public static IEnumerable<CompareSite> In(MethodDefinition member)
    {
        for (int i = 0; i + Size < member.Body.Instructions.Count; i++)
        {
            var site = new CompareSite(member, i);
            if (site.IsIntact)
                yield return site;
        }
    }

    private bool IsIntact =>
        (Tested.OpCode.Code, this[1].OpCode.Code, this[3].OpCode.Code, this[6].OpCode.Code, this[7].OpCode.Code) == (Code.Dup, Code.Conv_U, Code.Shr_Un, Code.Dup, Code.Conv_U)
        && Shift is { OpCode.Code: Code.Ldc_I4_S, Operand: (sbyte)AccessTable.AddressSpaceLayout.BlockShift }
        && Block.OpCode.Code == Code.Ldc_I4_4
        && Branch is { OpCode.Code: Code.Bne_Un or Code.Bne_Un_S } && Branch.Operand == Ok
        && this[Size - 1].Operand is MethodDefinition { Name: "Throw", DeclaringType.Name: "<MemSentry>" };
}
