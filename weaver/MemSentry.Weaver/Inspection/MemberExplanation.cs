using MemSentry.Analysis.Chains;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Summaries;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Inspection;

/// <summary>One member before and after the weave.</summary>
/// <param name="Token">Its metadata token in the input.</param>
/// <param name="Member">The member as the trust list writes it.</param>
/// <param name="IsWhitelisted">Whether the weave leaves it alone on purpose.</param>
/// <param name="SizeBefore">The size of its IL, in bytes; 0 for a member without any.</param>
/// <param name="SizeAfter">The same after the weave.</param>
/// <param name="Ranges">Its exception clauses after the weave, with woven offsets.</param>
/// <param name="Lines">Its IL, both bodies interleaved.</param>
public sealed record MemberExplanation(
    uint Token, string Member, bool IsWhitelisted, int SizeBefore, int SizeAfter, IReadOnlyList<string> Ranges, IReadOnlyList<ExplainedLine> Lines)
{
    /// <summary>Explains members of a module, which is rewritten on the way and must not be used any more.</summary>
    /// <param name="module">The module, prepared.</param>
    /// <param name="plan">What is done to it.</param>
    /// <param name="options">The user's choices.</param>
    /// <param name="wanted">Which members.</param>
    /// <param name="input">Their bodies as the input has them.</param>
    /// <param name="diagnostics">Receives an error if there is no such member.</param>
    internal static IReadOnlyList<MemberExplanation>? Of(
        ModuleDefinition module, ModulePlan plan, WeaverOptions options, string wanted, IReadOnlyDictionary<MethodDefinition, BodySnapshot> input, DiagnosticList diagnostics)
    {
        IReadOnlyList<MethodDefinition> members = MemberSelection.Find(module, wanted, diagnostics);
        if (members.Count == 0)
            return null;

        HashSet<MethodDefinition> whitelist = [.. plan.Whitelist];
        ILookup<MethodDefinition, MemberPlan> plans = plan.All.Concat(UnwovenMembers.Find(module, plan, options, diagnostics)).ToLookup(p => p.Method);
        HashSet<MemberPlan> analysed = [.. plan.All];
        Dictionary<MethodDefinition, ExplainedDecision[]> decisions = members.ToDictionary(m => m, m => plans[m].SelectMany(p => Explained(module, p, plan.Summaries, options, analysed.Contains(p))).ToArray());
        List<(MethodDefinition Method, string Name, Dictionary<Instruction, Code> Planned)> planned = [.. members.Select(m => (m, MemberSignature.WithReturnType(m), PlannedIn(m)))];
        ModuleWeave.CarryOut(new ModuleMembers(module), plan, options, diagnostics);
        return [.. planned.Select(m => input.GetValueOrDefault(m.Method) is { } before
            ? Compare(m.Method, m.Name, whitelist.Contains(m.Method), new BodyComparison(before, m.Planned, BodySnapshot.Of(m.Method.Body)), decisions[m.Method])
            : new MemberExplanation(m.Method.MetadataToken.ToUInt32(), m.Name, whitelist.Contains(m.Method), 0, 0, [], []))];
    }

    /// <summary>The decisions about one member. Their chains have to be found before the member is rewritten.</summary>
    private static IEnumerable<ExplainedDecision> Explained(ModuleDefinition module, MemberPlan plan, IReadOnlyCollection<MemberSummary> summaries, WeaverOptions options, bool isAnalysed)
    {
        bool isProven = isAnalysed && options.ProtMethod is ProtectionMethod.Mpx or ProtectionMethod.Sfi;
        var chains = isProven ? AccessChains.Of(new ModuleMembers(module), plan, options, summaries) : null;
        return plan.Decisions.Select(d => new ExplainedDecision(d, chains?.GetValueOrDefault((d.Instruction, d.Depth))));
    }

    private static Dictionary<Instruction, Code> PlannedIn(MethodDefinition member) => member.HasInstructions() ? member.Body.Instructions.ToDictionary(i => i, i => i.OpCode.Code) : [];

    private static MemberExplanation Compare(MethodDefinition method, string name, bool isWhitelisted, BodyComparison bodies, IEnumerable<ExplainedDecision> decisions) => new(
        method.MetadataToken.ToUInt32(),
        name,
        isWhitelisted,
        bodies.Before.Size,
        bodies.After.Size,
        ProtectedRanges.Of(method.Body, bodies.After.Size),
        bodies.Interleave(decisions));
}
