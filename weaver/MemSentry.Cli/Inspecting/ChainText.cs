using System.Globalization;
using MemSentry.Analysis.Chains;
using MemSentry.Analysis.Origins;

namespace MemSentry.Cli.Inspecting;

/// <summary>What a decision rests on, for people: a line for where the address comes from, one for what is proven of it.</summary>
internal static class ChainText
{
    private static readonly Dictionary<OriginKind, string> Origins = new()
    {
        [OriginKind.Parameter] = "argument {0}",
        [OriginKind.Variable] = "variable {0}, unassigned",
        [OriginKind.Instruction] = "{0}",
        [OriginKind.Anchor] = "{0}, an anchor",
    };

    private static readonly Dictionary<ChainFactKind, string> Facts = new()
    {
        [ChainFactKind.Anchor] = "made outside the block at {0}",
        [ChainFactKind.Check] = "checked at {0}",
        [ChainFactKind.LoopCheck] = "checked on the way into the loop, for {0}",
        [ChainFactKind.Access] = "accessed at {0}",
        [ChainFactKind.Callers] = "proven by all callers, which are members of this assembly",
        [ChainFactKind.Callee] = "proven by the member that is called at {0}, wherever it returns",
    };

    /// <summary>For example <c>from argument 0</c> and <c>checked at IL_0003; moved at IL_0009; at most 8 bytes away</c>.</summary>
    public static IEnumerable<string> Of(AccessChain? chain)
    {
        if (chain is { Origins.IsEmpty: false })
            yield return "from " + string.Join(" or ", chain.Origins.Select(Of));
        if (chain is { Facts.IsEmpty: false })
            yield return string.Join("; ", new[] { string.Join(" or ", chain.Facts.Select(Of)), Steps(chain), Distance(chain) }.Where(t => t.Length > 0));
    }

    /// <summary>Whether there are words for every kind.</summary>
    public static bool DescribesAll => Enum.GetValues<OriginKind>().All(Origins.ContainsKey) && Enum.GetValues<ChainFactKind>().All(Facts.ContainsKey);

    private static string Of(ChainOrigin origin)
    {
        string place = origin.Kind is OriginKind.Parameter or OriginKind.Variable ? origin.Place.ToString(CultureInfo.InvariantCulture) : Wording.Offset(origin.Place);
        string text = string.Format(CultureInfo.InvariantCulture, Origins[origin.Kind], place);
        return origin.Since is { } since ? $"{text} (anew since {Wording.Offset(since)})" : text;
    }

    private static string Of(ChainFact fact) => string.Format(CultureInfo.InvariantCulture, Facts[fact.Kind], Wording.Offset(fact.Offset));

    private static string Steps(AccessChain chain) => chain.Steps.IsEmpty ? "" : "moved at " + string.Join(", ", chain.Steps.Select(Wording.Offset));

    private static string Distance(AccessChain chain) => chain.Distance switch
    {
        null => "",
        (0, 0) => "the very address",
        var (low, high) => string.Create(CultureInfo.InvariantCulture, $"{low} to {high} bytes from an address outside the block"),
    };
}
