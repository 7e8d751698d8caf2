using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Sites;

/// <summary>A mask: <c>ldc.i8 0x4000_0000_0000; conv.u; or</c>.</summary>
public sealed record MaskSite(MethodDefinition Member, int Start) : Site(Member, Start, Size)
{
    private const int Size = 3;

    /// <summary>The masks of a member, in order.</summary>
    public static IEnumerable<MaskSite> In(MethodDefinition member) =>
        from start in Enumerable.Range(0, Math.Max(0, member.Body.Instructions.Count - Size))
        let code = member.Body.Instructions
        where code[start] is { OpCode.Code: Code.Ldc_I8, Operand: AccessTable.AddressSpaceLayout.AliasBit } && code[start + 2].OpCode.Code == Code.Or
        select new MaskSite(member, start);
}
