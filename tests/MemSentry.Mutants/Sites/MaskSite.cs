using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Sites;

/// <summary>A mask: <c>ldc.i8 0x4000_0000_0000; conv.u; or</c>.</summary>
public sealed record MaskSite(MethodDefinition Member, int Start) : Site(Member, Start, Size)
{
    private const int Size = 3;

    /// <summary>The variable in which the masked number is kept; null if it is used at once.</summary>
    public VariableDefinition? Copy => Member.Body.Instructions[End] switch
    {
        { OpCode.Code: >= Code.Stloc_0 and <= Code.Stloc_3 } store => Member.Body.Variables[store.OpCode.Code - Code.Stloc_0],
        { OpCode.Code: Code.Stloc or Code.Stloc_S } store => (VariableDefinition)store.Operand,
        _ => null,
    };

    /// <summary>The local variable that an instruction loads; null if it does anything else.</summary>
    public static VariableDefinition? VariableLoadedBy(Instruction instruction, MethodDefinition member) => instruction.OpCode.Code switch
    {
        >= Code.Ldloc_0 and <= Code.Ldloc_3 => member.Body.Variables[instruction.OpCode.Code - Code.Ldloc_0],
        Code.Ldloc or Code.Ldloc_S => (VariableDefinition)instruction.Operand,
        _ => null,
    };

    /// <summary>The masks of a member, in order.</summary>
    public static IEnumerable<MaskSite> In(MethodDefinition member) =>
        from start in Enumerable.Range(0, Math.Max(0, member.Body.Instructions.Count - Size))
        let code = member.Body.Instructions
        where code[start] is { OpCode.Code: Code.Ldc_I8, Operand: AccessTable.AddressSpaceLayout.AliasBit } && code[start + 2].OpCode.Code == Code.Or
        select new MaskSite(member, start);
}
