using System.Collections.Immutable;
using MemSentry.Analysis.Provenance;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Summaries;

/// <summary>
/// What is believed across calls while a module is planned.
/// <para>
/// Argument. It starts from all that is possible (<see cref="SummaryCandidates"/>), and whoever breaks a fact withdraws it: a call that does not prove an argument, a <c>ret</c> that does
/// not prove a result (<see cref="SummaryProofs"/>). Whoever had relied on it is planned again (<see cref="SummaryPlanning"/>). What is left at the end holds, by induction over the calls and
/// returns of a run, in the order in which they happen: the first of them rests on no fact, because all code before it ran in members that were entered without one; each later one was
/// proven in a body that rests only on facts about calls and returns before it. So a circle of members that believe each other is no circle in time. Where they call each other without ever proving anything,
/// nobody outside could have called one of them with a proof, and so nobody did.
/// </para>
/// <para>
/// A fact is withdrawn once and never comes back, though with less believed more checks are placed, and more could be proven: it ends after as many steps as there are facts.
/// </para>
/// </summary>
internal sealed class SummaryFacts
{
    private readonly HashSet<SummaryFact> _facts;
    private readonly CallTargets? _targets;
    private readonly ILookup<MethodDefinition, MethodDefinition> _callers;
    private readonly HashSet<MethodDefinition> _concerned;
    private readonly HashSet<string> _names;

    /// <param name="facts">What is believed at first.</param>
    /// <param name="calls">Which members call which of those that the facts are about.</param>
    /// <param name="targets">Knows whom a call runs.</param>
    public SummaryFacts(IEnumerable<SummaryFact> facts, IReadOnlyCollection<(MethodDefinition Caller, MethodDefinition Callee)> calls, CallTargets? targets)
    {
        _facts = [.. facts];
        _targets = targets;
        _callers = calls.Distinct().ToLookup(c => c.Callee, c => c.Caller);
        _concerned = [.. _facts.Select(f => f.Method), .. calls.Select(c => c.Caller)];
        _names = [.. _facts.Select(f => f.Method.Name)];
    }

    /// <summary>Nothing is believed.</summary>
    public static SummaryFacts None { get; } = new([], [], null);

    /// <summary>What a plan believes.</summary>
    public static SummaryFacts Of(IReadOnlyCollection<MemberSummary> summaries, CallTargets targets) =>
        new(summaries.SelectMany(s => s.Parameters.Concat(s.Result ? [SummaryFact.Result] : []).Select(p => new SummaryFact(s.Method, p))), [], targets);

    /// <summary>What is left, one summary for each member, in the order of their tokens.</summary>
    public ImmutableArray<MemberSummary> All =>
    [
        .. _facts.GroupBy(f => f.Method).OrderBy(g => g.Key.MetadataToken.RID)
            .Select(g => new MemberSummary(g.Key, [.. g.Select(f => f.Parameter).Where(p => p != SummaryFact.Result).Order()], g.Any(f => f.Parameter == SummaryFact.Result))),
    ];

    /// <summary>Whether anything is believed of a member, or it calls somebody of whom that is so.</summary>
    public bool Concern(MethodDefinition method) => _concerned.Contains(method);

    /// <summary>Whether something is believed.</summary>
    public bool Include(MethodDefinition method, int parameter) => _facts.Contains(new SummaryFact(method, parameter));

    /// <summary>The member that a call runs, if something may be believed of it; else null.</summary>
    public MethodDefinition? Callee(Instruction call) =>
        call.OpCode.Code is Code.Call or Code.Callvirt && call.Operand is MethodReference callee && _names.Contains(callee.Name)
        && _targets?.WovenTarget(call.OpCode.Code, callee) is { IsVirtual: false } method ? method : null;

    /// <summary>Withdraws facts.</summary>
    /// <returns>The members that relied on them.</returns>
    public IEnumerable<MethodDefinition> Withdraw(IEnumerable<SummaryFact> broken) =>
        [.. broken.Where(_facts.Remove).SelectMany(f => f.Parameter == SummaryFact.Result ? _callers[f.Method] : [f.Method])];

    /// <summary>Withdraws all there are.</summary>
    /// <returns>The members that relied on them.</returns>
    public IEnumerable<MethodDefinition> WithdrawAll() => Withdraw([.. _facts]);
}
