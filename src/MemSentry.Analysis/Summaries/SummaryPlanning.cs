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
    private readonly Dictionary<MethodDefinition, List<SummaryFact>> _broken = [];
    private readonly Dictionary<MethodDefinition, int> _plans = [];

    /// <summary>Where the facts go that the first plan of a member breaks.</summary>
    public ICollection<SummaryFact> BrokenBy(MethodDefinition method) => facts.Concern(method) ? _broken[method] = [] : [];

    /// <summary>Withdraws what is broken, and plans again whoever relied on it.</summary>
    /// <param name="plans">The plans of the module's members, which are replaced.</param>
    /// <param name="plan">Plans a member, and says what it breaks.</param>
    public void Settle(ImmutableArray<MemberPlan>.Builder plans, Func<MethodDefinition, ICollection<SummaryFact>, MemberPlan> plan)
    {
        if (_broken.Count == 0)
        {
            return;
        }

        Dictionary<MethodDefinition, int> places = plans.Select((p, place) => (p.Method, place)).Where(p => _broken.ContainsKey(p.Method)).ToDictionary();
        Withdraw(_broken.Values.SelectMany(b => b));
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
        foreach (MethodDefinition method in facts.Withdraw(broken))
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
        if (!_affected.Contains(method))
        {
            _affected.Enqueue(method);
        }
    }
}
