using MemSentry.AccessTable;

namespace MemSentry.Verifier.Facts;

/// <summary>The options in force when an assembly was woven, from the text in its stamp.</summary>
/// <param name="Text">The text.</param>
/// <param name="Loads">Whether loads are covered.</param>
/// <param name="Stores">Whether stores are covered.</param>
/// <param name="Escapes">Whether pointers that leave woven code are covered.</param>
internal sealed record WovenSettings(string Text, bool Loads, bool Stores, bool Escapes)
{
    /// <summary>Reads <c>ProtMethod=mpx;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf</c>.</summary>
    /// <exception cref="RejectionException">A setting is missing, unknown, doubled, or has a value that the verifier does not know.</exception>
    public static WovenSettings Read(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string[] pair in text.Split(';').Select(s => s.Split('=', 2)))
        {
            if (pair.Length != 2 || !values.TryAdd(pair[0], pair[1]))
                throw Unknown(text);
        }

        string rw = values.GetValueOrDefault("Rw", "");
        string escapes = values.GetValueOrDefault("VerifyExternalCallArgs", "");
        bool isKnown = values.Count == 6 && values.ContainsKey("WhitelistSection") && values.GetValueOrDefault("ProtMethod") == "mpx"
            && values.GetValueOrDefault("Scope") == "raw" && values.GetValueOrDefault("Trust") == "leaf"
            && rw is ("r" or "w" or "rw") && escapes is ("true" or "false");
        return isKnown ? new WovenSettings(text, rw.Contains('r'), rw.Contains('w'), escapes == "true") : throw Unknown(text);
    }

    /// <summary>Whether an operand of this kind has to be covered. Conversions always: later code trusts references whatever the options say.</summary>
    public bool AskFor(AccessKind kind) => kind switch
    {
        AccessKind.Load => Loads,
        AccessKind.Store => Stores,
        AccessKind.Escape => Escapes,
        _ => true,
    };

    private static RejectionException Unknown(string text) => new(VerifierCode.StampUnreadable,
        $"The settings '{text}' in the stamp are not understood; weave the assembly again with the weaver that belongs to this verifier.");
}
