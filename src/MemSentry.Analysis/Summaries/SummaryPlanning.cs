using System.Collections.Immutable;
using MemSentry.Analysis.Planning;
using Mono.Cecil;

namespace MemSentry.Analysis.Summaries;

/// <summary>Plans members again until every plan rests on facts that all plans prove: see <see cref="SummaryFacts"/> for why that is enough.</summary>
/// <param name="facts">What is believed.</param>
internal sealed class SummaryPlanning(SummaryFacts facts)
{
    /// <summary>
    /// A member that is planned so often is a sign of long chains of calls, of which every link comes loose by itself. Then nothing is believed any more, so that the time stays in proportion to the module.
    /// </summary>
    private const int MostPlans = 6;

    private readonly Queue<MethodDefinition> _affected = [];
    private readonly HashSet<MethodDefinition> _planned = [];
    private readonly Dictionary<MethodDefinition, int> _plans = [];

    /// <summary>Plans a member for the first time. What it breaks is withdrawn at once, so that those planned later do not begin to rely on it.</summary>
    /// <param name="method">The member.</param>
    /// <param name="plan">Plans it, and says what it breaks.</param>
    public MemberPlan? Begin(MethodDefinition method, Func<ICollection<SummaryFact>, MemberPlan?> plan)
    {
        List<SummaryFact> broken = [];
        MemberPlan? begun = plan(broken);
        if (facts.Concern(method))
        {
            _planned.Add(method);
            Withdraw(broken);
        }

        return begun;
    }

    /// <summary>Plans again whoever relied on what was withdrawn since.</summary>
    /// <param name="plans">The plans of the module's members, which are replaced.</param>
    /// <param name="plan">Plans a member, and says what it breaks.</param>
    public void Settle(ImmutableArray<MemberPlan>.Builder plans, Func<MethodDefinition, ICollection<SummaryFact>, MemberPlan> plan)
    {
        if (_affected.Count == 0)
        {
            return;
        }

        Dictionary<MethodDefinition, int> places = plans.Select((p, place) => (p.Method, place)).Where(p => _planned.Contains(p.Method)).ToDictionary();
        while (_affected.TryDequeue(out MethodDefinition? method))
        {
            // Of a member without a plan the weave has something to say, and comes to nothing.
            if (!places.TryGetValue(method, out int place))
            {
                continue;
            }

            List<SummaryFact> broken = [];
            plans[place] = plan(method, broken);
            Withdraw(broken);
        }
    }

    private void Withdraw(IEnumerable<SummaryFact> broken)
    {
        foreach (MethodDefinition method in facts.Withdraw(broken).Where(_planned.Contains))
        {
            int count = _plans[method] = _plans.GetValueOrDefault(method) + 1;
            if (count == MostPlans)
            {
                foreach (MethodDefinition other in facts.WithdrawAll())
                {
                    Enqueue(other);
                }
            }

            Enqueue(method);
        }
    }

    private void Enqueue(MethodDefinition method)
    {
        if (_planned.Contains(method) && !_affected.Contains(method))
        {
            _affected.Enqueue(method);
        }
    }
}
