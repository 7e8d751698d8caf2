using System.Collections.Immutable;
using MemSentry.Fuzzing.Domains.Vocabulary;
using MemSentry.Fuzzing.Shrinking;

namespace MemSentry.Fuzzing.Domains.Tree;

/// <summary>Everything that is one step smaller than a block: a part left out, an act replaced by what is in it, or made plain.</summary>
internal static class ScenarioReductions
{
    /// <summary>The smaller blocks.</summary>
    public static IEnumerable<ImmutableArray<Act>> Blocks(ImmutableArray<Act> block)
    {
        for (int length = block.Length; length > 0; length /= 2)
        {
            for (int start = 0; start < block.Length; start += length)
                yield return block.RemoveRange(start, Math.Min(length, block.Length - start));
        }

        for (int i = 0; i < block.Length; i++)
        {
            foreach ((ImmutableArray<Act> inner, _) in Node.Parts<Act, ImmutableArray<Act>>(block[i]))
                yield return block.RemoveAt(i).InsertRange(i, inner);
            foreach (Act smaller in Acts(block[i]))
                yield return block.SetItem(i, smaller);
        }
    }

    private static IEnumerable<Act> Acts(Act act)
    {
        foreach ((ImmutableArray<Act> part, Func<ImmutableArray<Act>, Act> with) in Node.Parts<Act, ImmutableArray<Act>>(act))
        {
            foreach (ImmutableArray<Act> smaller in Blocks(part))
                yield return with(smaller);
        }

        foreach ((Act part, Func<Act, Act> with) in Node.Parts<Act, Act>(act))
        {
            foreach (Act smaller in Acts(part))
                yield return with(smaller);
        }

        if (act is Act.TryCatch { Filter: not null } filtered)
            yield return filtered with { Filter = null };
        if (act is Act.Loop { Times: > 2 } loop)
            yield return loop with { Times = 2 };
        if (act is Act.Gate { Shape: not GateShapes.Plain } gate)
            yield return gate with { Shape = GateShapes.Plain };
        if (act is Act.Gate { IsOther: true } other)
            yield return other with { IsOther = false };
        if (act is Act.Call { Way: not Calls.Plain } call)
            yield return call with { Way = Calls.Plain };
        if (act is Act.Touch { Way: not Touches.Plain } touch)
            yield return touch with { Way = Touches.Plain };
        if (act is Act.Fault { UnlessBit: not null } fault)
            yield return fault with { UnlessBit = null };
    }
}
