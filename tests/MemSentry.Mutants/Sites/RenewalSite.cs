using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Sites;

/// <summary>A number that was there before a call is made new: <c>stloc copy; ldloca copy; volatile. ldind.i</c>.</summary>
public sealed record RenewalSite(MethodDefinition Member, int Start) : Site(Member, Start, Size)
{
    private const int Size = 4;

    /// <summary>The prefix without which the JIT would take the number for the old one.</summary>
    public Instruction Volatile => this[2];

    /// <summary>The renewals of a member, in order.</summary>
    public static IEnumerable<RenewalSite> In(MethodDefinition member) =>
        from start in Enumerable.Range(0, Math.Max(0, member.Body.Instructions.Count - Size))
        let site = new RenewalSite(member, start)
        where IsStore(site[0]) && IsLoad(site[3])
        select site;

    /// <summary>Whether an instruction is the load of one.</summary>
    public static bool IsLoad(Instruction instruction) => instruction is { OpCode.Code: Code.Ldind_I, Previous: { OpCode.Code: Code.Volatile, Previous.OpCode.Code: Code.Ldloca or Code.Ldloca_S } };

    private static bool IsStore(Instruction instruction) => instruction.OpCode.Code is (>= Code.Stloc_0 and <= Code.Stloc_3) or Code.Stloc or Code.Stloc_S;
}
