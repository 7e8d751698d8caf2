namespace MemSentry.Native.Faults;

/// <summary>A sentence that the fault handler writes: literal text, and fields that only the fault knows.</summary>
internal sealed record FaultMessage(IReadOnlyList<FaultMessagePart> Parts)
{
    /// <summary>Reads a text in which <c>{field}</c> stands for a <see cref="FaultField"/>.</summary>
    /// <exception cref="ArgumentException">There is no such field.</exception>
    public static FaultMessage Parse(string text)
    {
        var parts = new List<FaultMessagePart>();
        foreach (string piece in text.Split('{'))
        {
            int end = piece.IndexOf('}', StringComparison.Ordinal);
            if (end >= 0)
            {
                parts.Add(new FaultMessagePart("", Enum.Parse<FaultField>(piece[..end], ignoreCase: true)));
            }

            if (end + 1 < piece.Length)
            {
                parts.Add(new FaultMessagePart(piece[(end + 1)..], null));
            }
        }

        return new FaultMessage(parts);
    }
}
