using System.Globalization;
using System.Text.RegularExpressions;

namespace MemSentry.Verifier.Facts;

/// <summary>An <c>access</c> line of the trust list: one load or store that a marker allows.</summary>
/// <param name="Line">The whole line.</param>
/// <param name="Member">The member.</param>
/// <param name="Offset">Its IL offset in the woven body, in bytes.</param>
internal sealed partial record TrustedAccessLine(string Line, string Member, int Offset)
{
    /// <summary>Reads a line; null if it is none.</summary>
    public static TrustedAccessLine? Parse(string line) => Format().Match(line) is { Success: true } match
        ? new TrustedAccessLine(line, match.Groups[1].Value, int.Parse(match.Groups[2].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture))
        : null;

    [GeneratedRegex("^access (.+) input IL_[0-9a-f]{4,7} woven IL_([0-9a-f]{4,7})$")]
    private static partial Regex Format();
}
