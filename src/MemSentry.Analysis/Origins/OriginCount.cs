using System.Collections.Immutable;
using MemSentry.AccessTable;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using MemSentry.Analysis.Trust;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Origins;

/// <summary>Counts the origins of a module that feed accesses through raw pointers: as many checks as nobody can do without.</summary>
public static class OriginCount
{
    /// <summary>For each member with accesses to check, the number of distinct origins that are not proven and from which memory is loaded or stored to.</summary>
    /// <param name="members">The module.</param>
    /// <param name="plan">Its plan with the same options, which says in which members there is anything to check.</param>
    /// <param name="options">The user's choices.</param>
    public static IReadOnlyDictionary<MethodDefinition, int> In(ModuleMembers members, ModulePlan plan, WeaverOptions options)
    {
        var diagnostics = new DiagnosticList();
        var facts = new ModuleFacts(members, Whitelist.Find(members.Module, options, diagnostics), options);
        return plan.All.Where(p => p.Decisions.Any(IsCounted)).ToDictionary(p => p.Method, p => Of(new MemberAnalysis(new CilMember(p.Method.Body), facts, options.Trust), p));
    }

    private static int Of(MemberAnalysis analysis, MemberPlan plan)
    {
        HashSet<(Instruction, int)> counted = [.. plan.Decisions.Where(IsCounted).Select(d => (d.Instruction, d.Depth))];
        return new MemberOrigins(analysis).Find(a => a.Operand.Kind == StackKind.NativeInt)
            .Where(found => counted.Contains(found.Key))
            .SelectMany(found => found.Value)
            .Where(origin => !origin.IsProven)
            .ToImmutableHashSet().Count;
    }

    /// <summary>Not what nobody asked to check, and not what comes proven from the other side of a call.</summary>
    private static bool IsCounted(AccessDecision decision) => decision is
    {
        IsRaw: true,
        Pass: not PlanningPass.Summaries,
        Kind: AccessKind.Load or AccessKind.Store,
        Verdict: AccessVerdict.Checked or AccessVerdict.Masked or AccessVerdict.WithinReach,
    };
}
