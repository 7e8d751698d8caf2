using System.Collections.Immutable;
using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Dataflow;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Stack;
using MemSentry.Analysis.Trust;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Windows;

/// <summary>Plans gates and twins for the whitelisted members of a module that touch regions. The others need none: they meet closed domains.</summary>
internal sealed class WindowPlanner(WeaverOptions options, Whitelist whitelist, DiagnosticList diagnostics)
{
    private readonly Dictionary<MethodDefinition, WindowTarget> _twins = [];
    private readonly ReferenceHolders _holders = new();

    /// <summary>The plans, in the order of the members.</summary>
    public ImmutableArray<WindowPlan> Plan(IReadOnlyList<MethodDefinition> members)
    {
        foreach (MethodDefinition member in members.Where(m => !m.HasInstructions()))
            Refuse(member, GateRefusals.FindWithoutBody(member));

        var effects = new WindowEffects(options, method => _twins.TryGetValue(method, out WindowTarget target) ? target : null);
        List<MethodDefinition> bodies = [.. members.Where(m => m.HasInstructions())];
        foreach (MethodDefinition ambiguous in bodies.Where(m => whitelist.TargetOf(m) is null))
            Refuse(ambiguous, "the whitelisted members that it was written inside of open different domains");

        while (bodies.Where(m => !_twins.ContainsKey(m) && Touches(m, effects)).ToList() is { Count: > 0 } found)
            found.ForEach(m => _twins.Add(m, TargetOf(m)));

        // From here on only calls that a twin allows run it: the others take the way through its gate.
        var constructors = new StaticConstructors(_twins.Keys);
        var direct = new WindowEffects(options, method => _twins.TryGetValue(method, out WindowTarget target) && constructors.AllowDirectCalls(method) ? target : null);
        return [.. bodies.Where(_twins.ContainsKey).Select(m => Plan(m, direct, constructors)).OfType<WindowPlan>()];
    }

    private bool Touches(MethodDefinition method, WindowEffects effects) =>
        method.Body.Instructions.Any(i => effects.Of(i, TargetOf(method)) is WindowEffect.NeedsOpen or WindowEffect.RunsTwin);

    private WindowTarget TargetOf(MethodDefinition method) => whitelist.TargetOf(method) ?? WindowTarget.Default;

    private WindowPlan? Plan(MethodDefinition method, WindowEffects effects, StaticConstructors constructors)
    {
        if (GateRefusals.Find(method, _holders) is { } reason)
        {
            Refuse(method, reason);
            return null;
        }

        WindowTarget target = _twins[method];
        var member = new CilMember(method.Body);
        WindowEffect[] asked = [.. Enumerable.Range(0, member.Count).Select(i => effects.Of(member[i], target))];
        return new WindowPlan(
            method,
            target,
            options.MethodOf(target.Domain) == ProtectionMethod.Mpk,
            Actions(member, asked),
            [.. TwinCalls(method, effects)],
            [.. constructors.Before(method, m => TwinCalls(m, effects).Select(Callee))],
            [.. GateParameters.Checked(method, options)]);
    }

    private IEnumerable<Instruction> TwinCalls(MethodDefinition method, WindowEffects effects) =>
        method.Body.Instructions.Where(i => effects.Of(i, _twins[method]) == WindowEffect.RunsTwin);

    private static MethodDefinition Callee(Instruction call) => ((MethodReference)call.Operand).GetElementMethod().Resolve();

    private static ImmutableArray<WindowAction> Actions(CilMember member, WindowEffect[] effects)
    {
        ControlFlowGraph graph = ControlFlowGraphBuilder.Build(member);
        WindowFlow?[] before = ForwardSolver.Solve(graph, new WindowProblem(effects));
        var actions = ImmutableArray.CreateBuilder<WindowAction>();
        foreach (BasicBlock block in graph.Blocks.Where(b => before[b.Index] is not null))
        {
            WindowFlow state = before[block.Index]!;
            for (int i = block.Range.Start; i < block.Range.End; i++)
            {
                if (state.Before(effects[i]) is { } kind)
                    actions.Add(new WindowAction(member[i], kind));

                state.Apply(effects[i]);
            }
        }

        return actions.ToImmutable();
    }

    private void Refuse(MethodDefinition method, string? reason)
    {
        if (reason is not null)
        {
            diagnostics.Add(Diagnostic.Error(DiagnosticId.MemberNotGated,
                $"{PlanText.Name(method)} is whitelisted and cannot open a window, because {reason}; let a member without it access the regions, or weave with ProtMethod=mpx.",
                SourceLocations.Of(method, null)));
        }
    }
}
