using MemSentry.Analysis.Options;

namespace MemSentry.Corpus.Subjects;

/// <summary>One way to weave.</summary>
/// <param name="Method">The protection method.</param>
/// <param name="Rw">Which accesses are checked.</param>
/// <param name="Trust">How long proofs about raw pointers hold.</param>
public sealed record Variant(ProtectionMethod Method, CheckedAccesses Rw, PointerTrust Trust = PointerTrust.Leaf)
{
    /// <summary>With which everything is woven and nothing is special.</summary>
    public static Variant Default { get; } = new(ProtectionMethod.Mpx, CheckedAccesses.ReadWrite);

    /// <summary>
    /// Every method with every choice of accesses; the default first, then what differs most from what came before: the first three have each method and
    /// each choice once.
    /// </summary>
    public static IReadOnlyList<Variant> All { get; } =
    [
        Default, new(ProtectionMethod.Sfi, CheckedAccesses.Read), new(ProtectionMethod.None, CheckedAccesses.Write),
        new(ProtectionMethod.Sfi, CheckedAccesses.ReadWrite), new(ProtectionMethod.Mpx, CheckedAccesses.Write),
        new(ProtectionMethod.Sfi, CheckedAccesses.Write), new(ProtectionMethod.Mpx, CheckedAccesses.Read),
        new(ProtectionMethod.None, CheckedAccesses.ReadWrite), new(ProtectionMethod.None, CheckedAccesses.Read),
    ];

    /// <summary>Other lives of proofs about raw pointers.</summary>
    public static IReadOnlyList<Variant> OtherTrust { get; } =
    [
        new(ProtectionMethod.Mpx, CheckedAccesses.ReadWrite, PointerTrust.Frame),
        new(ProtectionMethod.Sfi, CheckedAccesses.ReadWrite, PointerTrust.None),
    ];

    /// <summary>The options.</summary>
    public WeaverOptions Options => new() { ProtMethod = Method, Rw = Rw, Trust = Trust };

    /// <summary>For example <c>sfi rw</c> or <c>sfi rw trust=none</c>.</summary>
    public override string ToString() => $"{Lower(Method)} {Letters}" + (Trust == PointerTrust.Leaf ? "" : $" trust={Lower(Trust)}");

    private string Letters => Rw switch { CheckedAccesses.Read => "r", CheckedAccesses.Write => "w", _ => "rw" };

    private static string Lower(Enum value) => value.ToString().ToLowerInvariant();
}
