using MemSentry.AccessTable;

namespace MemSentry.Verifier.Facts;

/// <summary>The options in force when an assembly was woven, from the text in its stamp.</summary>
/// <param name="Text">The text.</param>
/// <param name="Loads">Whether loads are covered.</param>
/// <param name="Stores">Whether stores are covered.</param>
/// <param name="Escapes">Whether pointers that leave woven code are covered.</param>
/// <param name="Masks">Whether a mask covers a load or store: the method <c>sfi</c>, whose runtime makes a masked null a null again.</param>
/// <param name="Trust">How long a proof about a raw number is believed.</param>
internal sealed record WovenSettings(string Text, bool Loads, bool Stores, bool Escapes, bool Masks, Trust Trust)
{
    /// <summary>Reads <c>ProtMethod=mpx;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf</c>.</summary>
    /// <exception cref="RejectionException">
    /// A setting is missing, unknown, doubled, or has a value that the verifier does not know; or the method protects nothing.
    /// </exception>
    public static WovenSettings Read(string text)
    {
        string[][] pairs = [.. text.Split(';').Select(s => s.Split('=', 2))];
        string[] names = ["ProtMethod", "Rw", "WhitelistSection", "VerifyExternalCallArgs", "Scope", "Trust"];
        if (!pairs.Select(p => p[0]).SequenceEqual(names) || pairs.Any(p => p.Length != 2))
            throw Unknown(text);

        if (pairs[0][1] == "none")
        {
            throw new RejectionException(VerifierCode.NotProtected,
                "The assembly is woven with ProtMethod=none: it uses the runtime's API, but no access in it is covered; weave it with 'mpx' or 'sfi' to protect it.");
        }

        return (pairs[0][1], pairs[1][1], pairs[3][1], pairs[4][1], pairs[5][1]) switch
        {
            ("mpx" or "sfi", "r" or "w" or "rw", "true" or "false", "raw", "leaf" or "frame" or "none") => new WovenSettings(
                text, pairs[1][1].Contains('r'), pairs[1][1].Contains('w'), pairs[3][1] == "true", pairs[0][1] == "sfi", Enum.Parse<Trust>(pairs[5][1], ignoreCase: true)),
            _ => throw Unknown(text),
        };
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
