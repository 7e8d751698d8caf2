using MemSentry.Analysis.Planning;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting.Checks;

/// <summary>All checks that go to one place: what passes one of them goes on to the next.</summary>
/// <param name="Anchor">The instruction, or the first of its prefixes, that they go before.</param>
/// <param name="Variables">Checks of variables, which come first.</param>
/// <param name="Operands">Checks of operands, if there are any.</param>
internal sealed record CheckSite(Instruction Anchor, IReadOnlyList<VariableCheck> Variables, InstructionChecks? Operands)
{
    /// <summary>The places of a plan.</summary>
    public static IEnumerable<CheckSite> Of(MemberPlan plan)
    {
        Dictionary<Instruction, InstructionChecks> operands = plan.Checks.ToDictionary(c => PrefixChain.FirstOf(c.Target));
        ILookup<Instruction, VariableCheck> variables = plan.VariableChecks.ToLookup(c => PrefixChain.FirstOf(c.Before));
        return variables.Select(v => v.Key).Union(operands.Keys)
            .Select(anchor => new CheckSite(anchor, [.. variables[anchor]], operands.GetValueOrDefault(anchor)));
    }
}
