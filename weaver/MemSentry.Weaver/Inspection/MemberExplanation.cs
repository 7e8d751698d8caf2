using MemSentry.Analysis.Chains;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Summaries;
using Mono.Cecil;

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
    internal static IReadOnlyList<MemberExplanation>? Of(
        ModuleDefinition module, ModulePlan plan, WeaverOptions options, string wanted, DiagnosticList diagnostics)
    {
        IReadOnlyList<MethodDefinition> members = MemberSelection.Find(module, wanted, diagnostics);
        if (members.Count == 0)
            return null;

        HashSet<MethodDefinition> whitelist = [.. plan.Whitelist];
        ILookup<MethodDefinition, MemberPlan> plans = plan.All.Concat(UnwovenMembers.Find(module, plan, options, diagnostics)).ToLookup(p => p.Method);
        HashSet<MemberPlan> analysed = [.. plan.All];
        Dictionary<MethodDefinition, ExplainedDecision[]> decisions = members.ToDictionary(m => m, m => plans[m].SelectMany(p => Explained(module, p, plan.Summaries, options, analysed.Contains(p))).ToArray());
        List<(MethodDefinition Method, string Name, BodySnapshot? Before)> before =
            [.. members.Select(m => (m, MemberSignature.WithReturnType(m), m.HasInstructions() ? BodySnapshot.Of(m.Body) : null))];
        ModuleWeave.CarryOut(new ModuleMembers(module), plan, options, diagnostics);
        return [.. before.Select(m => m.Before is null
            ? new MemberExplanation(m.Method.MetadataToken.ToUInt32(), m.Name, whitelist.Contains(m.Method), 0, 0, [], [])
            : Compare(m.Method, m.Name, whitelist.Contains(m.Method), m.Before, decisions[m.Method]))];
    }

    /// <summary>The decisions about one member. Their chains have to be found before the member is rewritten.</summary>
    private static IEnumerable<ExplainedDecision> Explained(ModuleDefinition module, MemberPlan plan, IReadOnlyCollection<MemberSummary> summaries, WeaverOptions options, bool isAnalysed)
    {
        bool isProven = isAnalysed && options.ProtMethod is ProtectionMethod.Mpx or ProtectionMethod.Sfi;
        var chains = isProven ? AccessChains.Of(new ModuleMembers(module), plan, options, summaries) : null;
        return plan.Decisions.Select(d => new ExplainedDecision(d, chains?.GetValueOrDefault((d.Instruction, d.Depth))));
    }

    private static MemberExplanation Compare(MethodDefinition method, string name, bool isWhitelisted, BodySnapshot before, IEnumerable<ExplainedDecision> decisions)
    {
        BodySnapshot after = BodySnapshot.Of(method.Body);
        return new MemberExplanation(
            method.MetadataToken.ToUInt32(),
            name,
            isWhitelisted,
            before.Size,
            after.Size,
            ProtectedRanges.Of(method.Body, after.Size),
            BodyComparison.Interleave(before, after, decisions));
    }
}
