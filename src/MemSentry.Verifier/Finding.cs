namespace MemSentry.Verifier;

/// <summary>One reason to reject an assembly.</summary>
/// <param name="Code">What kind of reason.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="Member">The member, as the trust list writes it; null for findings about the whole assembly.</param>
/// <param name="Offset">The IL offset in the woven body, in bytes; null if no single instruction is meant.</param>
/// <param name="Opcode">The opcode there.</param>
/// <param name="Position">The source line, if debug information is at hand.</param>
public sealed record Finding(
    VerifierCode Code, string Reason, string? Member = null, int? Offset = null, string? Opcode = null, SourcePosition? Position = null)
{
    /// <summary>The finding as a compiler would print it: <c>file(line,column): error MS5010: …</c>.</summary>
    public override string ToString()
    {
        string prefix = Position is { } p ? $"{p.File}({p.Line},{p.Column}): " : "";
        string place = Member is null ? "" : Offset is { } offset ? $"{Member} at IL_{offset:x4} ({Opcode}): " : $"{Member}: ";
        return $"{prefix}error MS{(int)Code}: {place}{Reason}";
    }
}
