using MemSentry.Analysis.Planning;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting;

/// <summary>One access that a marker allows: part of the trust list.</summary>
/// <param name="Method">The member.</param>
/// <param name="InputOffset">Its IL offset in the input, in bytes.</param>
/// <param name="Instruction">The access itself: its offset is the one in the woven body once that is final.</param>
internal sealed record TrustedAccess(MethodDefinition Method, int InputOffset, Instruction Instruction)
{
    /// <summary>The trusted accesses of a member that is not rewritten yet.</summary>
    public static List<TrustedAccess> Find(MemberPlan plan)
    {
        var trusted = new List<TrustedAccess>(plan.TrustedOffsets.Length);
        foreach (int offset in plan.TrustedOffsets)
            trusted.Add(new TrustedAccess(plan.Method, offset, plan.Method.Body.Instructions.First(i => i.Offset == offset)));

        return trusted;
    }
}
