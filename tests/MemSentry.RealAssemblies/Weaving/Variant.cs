using MemSentry.Analysis.Options;

namespace MemSentry.RealAssemblies.Weaving;

/// <summary>One way to weave a real assembly; loads and stores in any case.</summary>
/// <param name="Method">The protection method.</param>
/// <param name="Trust">How long proofs about raw pointers hold.</param>
internal sealed record Variant(ProtectionMethod Method, PointerTrust Trust = PointerTrust.Leaf)
{
    /// <summary>With which everything is woven and nothing is special.</summary>
    public static Variant Default { get; } = new(ProtectionMethod.Mpx);

    /// <summary>The options.</summary>
    public WeaverOptions Options => new() { ProtMethod = Method, Rw = CheckedAccesses.ReadWrite, Trust = Trust };

    /// <summary>For example <c>sfi</c> or <c>sfi trust=none</c>.</summary>
    public override string ToString() => Method.ToString().ToLowerInvariant() + (Trust == PointerTrust.Leaf ? "" : $" trust={Trust.ToString().ToLowerInvariant()}");
}
