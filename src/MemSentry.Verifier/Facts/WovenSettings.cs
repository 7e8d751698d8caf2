using System.Globalization;
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
    /// <summary>Whether trusted members open domains that are closed to everybody else: a domain-based method, under which nobody checks addresses.</summary>
    public bool OpensWindows { get; private init; }

    /// <summary>Which callees run while a window is open: <c>data</c>, <c>all</c> or <c>none</c>.</summary>
    public string Callees { get; private init; } = "data";

    /// <summary>Numbers of the domains for which the runtime makes stubs before the module runs.</summary>
    public IReadOnlySet<int> Gates { get; private init; } = new HashSet<int>();

    /// <summary>Reads <c>ProtMethod=mpx;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf</c>.</summary>
    /// <exception cref="RejectionException">
    /// A setting is missing, unknown, doubled, or has a value that the verifier does not know; or the method protects nothing.
    /// </exception>
    public static WovenSettings Read(string text)
    {
        string[][] pairs = [.. text.Split(';').Select(s => s.Split('=', 2))];
        string[] common = ["ProtMethod", "Rw", "WhitelistSection", "VerifyExternalCallArgs", "Scope", "Trust"];
        bool opensWindows = pairs[0] is [_, "mpk" or "mprotect" or "crypt"];
        string[] names = opensWindows ? [.. common, "Callees"] : common;
        int[]? gates = opensWindows && pairs[^1] is ["Gates", { } numbers] ? GatesOf(numbers) : [];
        if (opensWindows && pairs.ElementAtOrDefault(names.Length) is ["DomainMethods", { } methods] && AreDomainMethods(methods))
            names = [.. names, "DomainMethods"];
        if (gates is null or { Length: > 0 })
            names = [.. names, "Gates"];
        if (!pairs.Select(p => p[0]).SequenceEqual(names) || pairs.Any(p => p.Length != 2) || gates is null)
            throw Unknown(text);

        if (pairs[0][1] == "none")
        {
            throw new RejectionException(VerifierCode.NotProtected,
                "The assembly is woven with ProtMethod=none: it uses the runtime's API, but no access in it is covered; weave it with 'mpx', 'sfi', 'mpk', 'mprotect' or 'crypt' to protect it.");
        }

        return (pairs[0][1], pairs[1][1], pairs[3][1], pairs[4][1], pairs[5][1], pairs.ElementAtOrDefault(6)?[1] ?? "data") switch
        {
            ("mpx" or "sfi" or "mpk" or "mprotect" or "crypt", "r" or "w" or "rw", "true" or "false", "raw", "leaf" or "frame" or "none", "data" or "all" or "none") => new WovenSettings(
                text, pairs[1][1].Contains('r'), pairs[1][1].Contains('w'), pairs[3][1] == "true", pairs[0][1] == "sfi", Enum.Parse<Trust>(pairs[5][1], ignoreCase: true))
            {
                OpensWindows = opensWindows,
                Callees = pairs.ElementAtOrDefault(6)?[1] ?? "data",
                Gates = gates.ToHashSet(),
            },
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

    /// <summary>Whether each domain of <c>keys:crypt,tables:mprotect</c> has a method that the runtime opens windows for.</summary>
    private static bool AreDomainMethods(string text) =>
        text.Split(',').All(pair => pair.Split(':') is [{ Length: > 0 }, "mpk" or "mprotect" or "crypt"]);

    private static int[]? GatesOf(string text)
    {
        string[] numbers = text.Split(',');
        return numbers.All(n => int.TryParse(n, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            ? [.. numbers.Select(n => int.Parse(n, CultureInfo.InvariantCulture))]
            : null;
    }

    private static RejectionException Unknown(string text) => new(VerifierCode.StampUnreadable,
        $"The settings '{text}' in the stamp are not understood; weave the assembly again with the weaver that belongs to this verifier.");
}
