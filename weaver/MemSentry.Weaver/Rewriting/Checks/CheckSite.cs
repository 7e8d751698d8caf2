using MemSentry.Analysis.Planning;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting.Checks;

/// <summary>All checks that go to one place: what passes one of them goes on to the next.</summary>
/// <param name="Anchor">The instruction, or the first of its prefixes, that they go before.</param>
/// <param name="MasksBase">Whether what lies on top of the stack there is masked first, because accesses are displaced from it.</param>
/// <param name="RenewsBase">Whether it is made new before that.</param>
/// <param name="Base">The check of what lies on top of the stack there, because accesses are displaced from it; null if there is none.</param>
/// <param name="Variables">Checks of variables, which come next.</param>
/// <param name="Operands">Checks of operands, if there are any.</param>
/// <param name="IsKept">Whether the instruction is a load that becomes volatile.</param>
internal sealed record CheckSite(Instruction Anchor, bool MasksBase, bool RenewsBase, BaseCheck? Base, IReadOnlyList<VariableCheck> Variables, InstructionChecks? Operands, bool IsKept)
{
    /// <summary>The places of a plan, those of masked copies too.</summary>
    public static IEnumerable<CheckSite> Of(MemberPlan plan, CopyEmitter copies)
    {
        Dictionary<Instruction, InstructionChecks> operands = plan.Checks.ToDictionary(c => PrefixChain.FirstOf(c.Target));
        ILookup<Instruction, VariableCheck> variables = plan.VariableChecks.ToLookup(c => PrefixChain.FirstOf(c.Before));
        HashSet<Instruction> bases = [.. plan.MaskedBases.Select(producer => producer.Next)];
        Dictionary<Instruction, BaseCheck> checkedBases = plan.BaseChecks.ToDictionary(c => c.Producer.Next);
        HashSet<Instruction> held = [.. plan.HeldBases.Select(producer => producer.Next)];
        HashSet<Instruction> kept = [.. plan.KeptLoads.Select(PrefixChain.FirstOf)];
        return variables.Select(v => v.Key).Union(operands.Keys).Union(kept).Union(bases).Union(checkedBases.Keys).Union(copies.Anchors)
            .Select(anchor => new CheckSite(anchor, bases.Contains(anchor), held.Contains(anchor), checkedBases.GetValueOrDefault(anchor), [.. variables[anchor]], operands.GetValueOrDefault(anchor), kept.Contains(anchor)));
    }
}
