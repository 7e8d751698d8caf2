using System.Collections.Immutable;

namespace MemSentry.Analysis.Origins;

/// <summary>The origins of one value. A value of 32 bits, and a constant, has none.</summary>
/// <param name="Origins">The origins.</param>
/// <param name="IsPointer">Whether it is typed as a pointer somewhere on its way, so that what is added to it is a displacement.</param>
/// <param name="IsReference">Whether it is a managed reference, which stands under contract: no call makes it an origin again.</param>
internal readonly record struct OriginSet(ImmutableHashSet<ValueOrigin> Origins, bool IsPointer, bool IsReference = false)
{
    /// <summary>A number.</summary>
    public static OriginSet None { get; } = new([], false);

    /// <summary>A value with one origin.</summary>
    public static OriginSet Of(ValueOrigin origin, bool isPointer) => new([origin], isPointer);

    /// <summary>What arithmetic makes of two values.</summary>
    public static OriginSet Combine(OriginSet a, OriginSet b) => (a.IsPointer, b.IsPointer) switch
    {
        (true, false) => a,
        (false, true) => b,
        _ => new OriginSet(a.Origins.Union(b.Origins), a.IsPointer),
    };

    /// <summary>What a slot holds where two paths meet. What calls on the way made an origin again, by different calls or on one of the paths only, is one from there on.</summary>
    /// <param name="a">One path.</param>
    /// <param name="b">The other.</param>
    /// <param name="block">The first instruction of the block where they meet.</param>
    public static OriginSet Join(OriginSet a, OriginSet b, int block)
    {
        ImmutableHashSet<ValueOrigin> all = a.Origins.Union(b.Origins);
        if (all.Count != a.Origins.Count)
        {
            all = [.. all.GroupBy(o => (o.Kind, o.Index)).Select(same => same.Count() == 1 ? same.Single() : new ValueOrigin(same.Key.Kind, same.Key.Index, block))];
        }

        return new OriginSet(all.SetEquals(a.Origins) ? a.Origins : all, a.IsPointer || b.IsPointer, a.IsReference && b.IsReference);
    }

    /// <summary>The same value once a call has made it an origin again.</summary>
    public OriginSet Renewed(int since) => Origins.IsEmpty || IsReference ? this : this with { Origins = [.. Origins.Select(o => o with { Since = since })] };
}
