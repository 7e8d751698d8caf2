namespace MemSentry.Mutants.Running;

/// <summary>What was broken.</summary>
/// <param name="Kind">The kind of mutation.</param>
/// <param name="How">Which of its ways; may be empty.</param>
/// <param name="Subject">Assembly and variant.</param>
/// <param name="Place">The member, as the trust list writes it, and the IL offset of the check in the woven body; or what is not a member's.</param>
public sealed record Mutant(string Kind, string How, string Subject, string Place)
{
    /// <inheritdoc/>
    public override string ToString() => string.Join(" | ", Kind, How, Subject, Place);
}
