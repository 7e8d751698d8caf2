using MemSentry.Analysis.Planning;
using MemSentry.Weaver.Rewriting.Checks;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting;

/// <summary>Carries out the plan of one member.</summary>
internal static class MemberRewriter
{
    /// <summary>Puts checks before accesses and takes marker calls out.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="throwHelper">The cold end of checks.</param>
    /// <param name="members">Gives the member its number.</param>
    /// <param name="borders">The checks that are calls of the runtime.</param>
    /// <returns>The accesses that markers allow, with their offsets in the input.</returns>
    public static IReadOnlyList<TrustedAccess> Rewrite(MemberPlan plan, MethodReference throwHelper, CheckedMembers members, BorderChecks borders)
    {
        // Offsets are those of the input up to here and no longer.
        List<TrustedAccess> trusted = TrustedAccess.Find(plan);
        LoopEntries.Add(plan.LoopEntries, plan.Method);

        var editor = new BodyEditor(plan.Method);
        var renewals = new RenewalEmitter(editor);
        var copies = new CopyEmitter(plan, renewals, editor);
        var checks = new OperandChecks(new CheckEmitters(throwHelper, borders, plan.Method, members), copies, renewals, new SpillSlots(editor));
        foreach (CheckSite site in CheckSite.Of(plan, copies))
            editor.InsertBefore(site.Anchor, checks.Emit(site));
        foreach (Renewal renewal in plan.Renewals)
            editor.InsertAfter(renewal.Call, renewals.Behind(renewal));
        foreach (Instruction prefix in TailCalls.LosingTheirPlace(plan))
            editor.Remove(prefix);
        foreach (Instruction load in copies.Replaced)
            editor.Remove(load);
        foreach (Instruction marker in plan.Markers)
            editor.Remove(marker);

        editor.Apply();
        return trusted;
    }
}
