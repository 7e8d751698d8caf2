using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Sites;

/// <summary>A load through a pointer that is volatile, so that it is executed in any case: <c>volatile. ldind</c>.</summary>
public sealed record KeptLoadSite(MethodDefinition Member, int Start) : Site(Member, Start, Size)
{
    private const int Size = 2;

    /// <summary>The prefix without which the JIT may leave the load out.</summary>
    public Instruction Volatile => this[0];

    /// <summary>The loads of a member, in order, that lie in loops: nothing rests on others. Those that make a number new are none.</summary>
    public static IEnumerable<KeptLoadSite> In(MethodDefinition member) =>
        from start in Enumerable.Range(0, Math.Max(0, member.Body.Instructions.Count - Size))
        let site = new KeptLoadSite(member, start)
        where site.Volatile.OpCode.Code == Code.Volatile && site[1].OpCode.Code is >= Code.Ldind_I1 and <= Code.Ldind_R8 && !RenewalSite.IsLoad(site[1]) && member.Body.Instructions.Any(site.IsLedBackBy)
        select site;

    private bool IsLedBackBy(Instruction branch) => branch.Operand is Instruction target && branch.Offset >= Offset && target.Offset <= Offset;
}
