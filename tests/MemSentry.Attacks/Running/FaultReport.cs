using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MemSentry.Attacks.Running;

/// <summary>
/// What a process that was ended by a blocked masked access said: the handler's line (MS7101), and .NET's managed stack after it. Both are needed:
/// a process that just died protected nothing that anybody could prove.
/// </summary>
/// <param name="Kind">What was blocked.</param>
/// <param name="Address">The address that the program meant.</param>
/// <param name="Member">The first member of the fixtures on the managed stack.</param>
internal sealed partial record FaultReport(SafeRegionViolationKind Kind, nint Address, string Member)
{
    private const string Fixtures = "   at MemSentry.Attacks.Fixtures.";

    /// <summary>Reads what a process wrote to its standard error; null if it is no report of a blocked masked access to a region.</summary>
    public static FaultReport? Parse(string errors)
    {
        Match report = Line().Match(errors);
        string? frame = errors.Split('\n').FirstOrDefault(line => line.StartsWith(Fixtures, StringComparison.Ordinal));
        if (!report.Success || frame is null)
            return null;

        nint address = nint.Parse(report.Groups["original"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        nint fault = nint.Parse(report.Groups["fault"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        bool isAlias = fault == (address | (1L << 46)) && address >> 42 == 4;
        return isAlias ? new(Enum.Parse<SafeRegionViolationKind>(report.Groups["kind"].Value, ignoreCase: true), address, NameOf(frame)) : null;
    }

    // As a violation names it: "Namespace.Type::Member", generic arguments left out.
    private static string NameOf(string frame)
    {
        var name = new StringBuilder();
        int depth = 0;
        foreach (char c in frame.AsSpan("   at ".Length))
        {
            depth += c == '[' ? 1 : 0;
            if (c == '(')
                break;
            if (depth == 0)
                name.Append(c);
            depth -= c == ']' ? 1 : 0;
        }

        string full = name.ToString();
        int end = full.EndsWith("..ctor", StringComparison.Ordinal) ? full.Length - "..ctor".Length : full.LastIndexOf('.');
        return $"{full[..end]}::{full[(end + 1)..]}";
    }

    [GeneratedRegex(@"^MemSentry: MS7101: Blocked a (?<kind>load|store) at 0x(?<original>[0-9a-f]+), inside the safe region 'attack target' .*: the mask led it to 0x(?<fault>[0-9a-f]+), where nothing is\.", RegexOptions.Multiline)]
    private static partial Regex Line();
}
