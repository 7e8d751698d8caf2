using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MemSentry.Corpus.Workloads;

namespace MemSentry.Corpus.Framework.Workloads;

/// <summary>System.Text.RegularExpressions: matches, captures and replaces in generated text, backtracking and not.</summary>
internal static class RegexWorkload
{
    private static readonly string Text = Generate();

    private static readonly Regex[] Expressions =
    [
        new(@"\b(?<user>[\w.+-]+)@(?<host>(?:\w+\.)+\w{2,})\b"), new(@"(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})"), new(@"(?i)error|warning|fatal"),
        new(@"(\w+)\s+\1"), new(@"^\s*#.*$", RegexOptions.Multiline), new(@"[a-z]+ing\b", RegexOptions.NonBacktracking), new(@"(a|b|ab)*c\d+", RegexOptions.NonBacktracking),
    ];

    /// <summary>Prints counts and a digest.</summary>
    public static void Run(TextWriter output)
    {
        using var digest = new Digest();
        var counts = new List<int>();
        foreach (Regex expression in Expressions)
        {
            MatchCollection matches = expression.Matches(Text);
            counts.Add(matches.Count);
            digest.Add(string.Join(' ', matches.Select(m => m.Groups[^1].Index)));
        }

        digest.Add(Expressions[1].Replace(Text, m => m.Groups[4].Value + "." + m.Groups[1].Value));
        output.WriteLine($"regex: {string.Join(' ', counts)} matches, {digest}");
    }

    private static string Generate()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 400; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {(i % 7 == 0 ? "#" : "")} line {i} from user{i}.name@host{i % 13}.example.org at 10.{i % 256}.{i * 7 % 256}.1: ");
            text.Append(i % 5 == 0 ? "Error while parsing parsing input\n" : i % 3 == 0 ? "warning: abababc17 ending nothing\n" : "all is going well, zzz\n");
        }

        return text.ToString();
    }
}
