using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Displacement;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Provenance;

namespace MemSentry.Analysis.Loops;

/// <summary>
/// Finds the accesses that the first round of a loop performs for sure, before anything else can be seen of it: from where the round begins to the
/// first call, store, volatile access or branch. A check of theirs may be done when the loop is entered, for nothing that the program does would have come
/// before it or in its place, unless a load or computation before the access fails, which then is not reported first (as in <see cref="StatementStart"/>).
/// Inside a protected region a variable that is stored to can be seen as well, by a handler.
/// </summary>
internal sealed class FirstAccesses(MemberAnalysis analysis, DisplacementAnalysis displacement)
{
    /// <summary>The checks of variables that would serve such accesses; each variable once.</summary>
    public IEnumerable<HoistedCheck> Find(Loop loop)
    {
        IEnumerable<HoistedCheck> ofHeader = In(loop.Header, loop);
        return loop.HasTest ? ofHeader.Concat(In(loop.First, loop)).DistinctBy(c => c.Variable) : ofHeader;
    }

    private IEnumerable<HoistedCheck> In(BasicBlock block, Loop loop)
    {
        if (displacement.StateAt(block) is not { } state)
        {
            yield break;
        }

        CilMember member = analysis.Member;
        InstructionRange range = block.Range;
        bool isProtected = member.Clauses.Any(c => c.Try.Contains(range.Start));
        DisplacementState atStart = state.Copy();
        var found = new HashSet<int>();
        for (int i = range.Start; i < range.End; i++)
        {
            foreach ((Access access, int variable) in displacement.CheckedFromVariables(i, state, atStart))
            {
                if (found.Add(variable))
                {
                    yield return new HoistedCheck(loop, variable, member[i], access.Depth, access.Kind, block == loop.Header);
                }
            }

            if (Effects.IsSeen(member[i]) || (isProtected && Effects.IsSeenByHandlers(member[i])))
            {
                yield break;
            }

            displacement.Move(i, state);
        }
    }
}
