using System.Collections.Immutable;
using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Dataflow;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Displacement;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Origins;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Summaries;
using MemSentry.Analysis.Trust;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Chains;

/// <summary>Tells of one planned member what each of its decisions rests on. It analyses the member once more, as the plan did.</summary>
public static class AccessChains
{
    /// <summary>The chain of each operand that a decision is about, by instruction and depth.</summary>
    /// <param name="members">The module, not rewritten yet.</param>
    /// <param name="plan">The member's plan with the same options.</param>
    /// <param name="options">The user's choices.</param>
    /// <param name="summaries">What the plan of the module believes across calls.</param>
    public static IReadOnlyDictionary<(Instruction Instruction, int Depth), AccessChain> Of(ModuleMembers members, MemberPlan plan, WeaverOptions options, IReadOnlyCollection<MemberSummary> summaries)
    {
        if (plan.Decisions.IsEmpty)
        {
            return ImmutableDictionary<(Instruction, int), AccessChain>.Empty;
        }

        var facts = new ModuleFacts(members, Whitelist.Find(members.Module, options, new DiagnosticList()), options);
        facts.Summaries = SummaryFacts.Of(summaries, facts.Targets);
        var analysis = new MemberAnalysis(new CilMember(plan.Method.Body, plan.LoopEntries), facts, options.Trust);
        Dictionary<(Instruction, int), AccessChain> found = new MemberOrigins(analysis).Find(_ => true)
            .ToDictionary(o => o.Key, o => new AccessChain([.. o.Value.Order(OriginOrder.Instance).Select(v => Told(v, analysis.Member))], [], [], null));
        if (plan.Decisions.Any(d => d.Pass is not null || d.Form is CheckForm.Base or CheckForm.PushedBase))
        {
            AddProofs(analysis, plan, options, found);
        }

        return found;
    }

    private static void AddProofs(MemberAnalysis analysis, MemberPlan plan, WeaverOptions options, Dictionary<(Instruction, int), AccessChain> found)
    {
        Dictionary<Instruction, (int Variable, int Offset)[]> entryChecks = plan.VariableChecks.Where(c => c.IsHoisted)
            .GroupBy(c => c.Before)
            .ToDictionary(g => g.Key, g => g.Select(c => (IndexOf(c.Variable, plan.Method.Body), c.Offset)).ToArray());
        var displacement = new DisplacementAnalysis(analysis, options, entryChecks.ToDictionary(e => e.Key, e => e.Value.Select(c => c.Variable).ToArray()));
        var problem = new ChainProblem(analysis, displacement, entryChecks);
        ChainState?[] states = ForwardSolver.Solve(analysis.Graph, problem);
        foreach (BasicBlock block in analysis.Graph.Blocks)
        {
            if (states[block.Index]?.Copy() is { } state)
            {
                state.Known = displacement.StateAt(block);
                for (int i = block.Range.Start; i < block.Range.End; i++)
                {
                    AddProofs(analysis.Member[i], analysis, displacement, state, found);
                    problem.Transfer(i, state);
                }
            }
        }
    }

    private static void AddProofs(
        Instruction instruction, MemberAnalysis analysis, DisplacementAnalysis displacement, ChainState state, Dictionary<(Instruction, int), AccessChain> found)
    {
        foreach (Access access in analysis.AccessesOf(instruction, state.Known!.Frame!).Where(AccessRule.Covers))
        {
            if (displacement.NeedOf(instruction, access.Depth).IsProven && found.TryGetValue((instruction, access.Depth), out AccessChain? chain))
            {
                ChainLink link = state.Peek(access.Depth);
                found[(instruction, access.Depth)] = chain with
                {
                    Facts = [.. link.Facts.Select(f => new ChainFact(f.Kind, f.Offset))],
                    Steps = [.. link.Steps],
                    Distance = state.Known.Near(state.Known.Peek(access.Depth)) is { } near ? (near.Low, near.High) : null,
                };
            }
        }
    }

    private static ChainOrigin Told(ValueOrigin origin, CilMember member) => new(
        origin.Kind,
        origin.Kind is OriginKind.Parameter or OriginKind.Variable ? origin.Index : member[origin.Index].Offset,
        origin.Since < 0 ? null : member[origin.Since].Offset);

    private static int IndexOf(object definition, MethodBody body) => definition switch
    {
        VariableDefinition local => local.Index + body.Method.Parameters.Count + (body.Method.HasThis ? 1 : 0),
        ParameterDefinition parameter => parameter.Index + (body.Method.HasThis ? 1 : 0),
        _ => throw new ArgumentException("neither a parameter nor a local variable", nameof(definition)),
    };
}
