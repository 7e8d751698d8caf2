using MemSentry.Fuzzing.Generation.Tree;

namespace MemSentry.Fuzzing.Shrinking;

/// <summary>
/// Makes a failing member as small as it gets: takes the smallest of all members that are one step smaller and still fail, and starts again from it (delta
/// debugging, Zeller and Hildebrandt 2002, on the tree instead of on text).
/// </summary>
/// <param name="stillFail">Says of many members at once which of them fail.</param>
public sealed class Shrinker(Func<IReadOnlyList<Member>, IReadOnlyList<bool>> stillFail)
{
    /// <summary>Members that are tried at once.</summary>
    public const int AtOnce = 64;

    /// <summary>The smallest member that still fails.</summary>
    /// <param name="member">One that fails.</param>
    public Member Shrink(Member member)
    {
        while (Smaller(member) is { } smaller)
            member = smaller;
        return member;
    }

    private Member? Smaller(Member member)
    {
        int size = Node.Size(member.Body);
        IEnumerable<Member> candidates = Reductions.Of(member)
            .Select(m => (Member: m, Size: Node.Size(m.Body)))
            .Where(m => m.Size < size)
            .OrderBy(m => m.Size)
            .Select(m => m.Member);
        foreach (Member[] some in candidates.Chunk(AtOnce))
        {
            IReadOnlyList<bool> fails = stillFail(some);
            if (Enumerable.Range(0, some.Length).FirstOrDefault(i => fails[i], -1) is >= 0 and var first)
                return some[first];
        }

        return null;
    }
}
