namespace MemSentry.Analysis.Origins;

/// <summary>Parameters, then variables, then instructions, each by number.</summary>
internal sealed class OriginOrder : IComparer<ValueOrigin>
{
    public static OriginOrder Instance { get; } = new();

    public int Compare(ValueOrigin x, ValueOrigin y) => (x.Kind, x.Index, x.Since).CompareTo((y.Kind, y.Index, y.Since));
}
