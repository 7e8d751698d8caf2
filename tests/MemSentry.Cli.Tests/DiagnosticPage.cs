using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Verifier;

namespace MemSentry.Cli.Tests;

/// <summary>Writes docs/diagnostics.md from the codes and what their source says of them: the summary, then the remarks, whose paragraphs are the cause and what to do.</summary>
internal static class DiagnosticPage
{
    private const string Head = """
        # Diagnostics

        Every code that MemSentry reports, with its usual cause and what to do next. The message itself says more: which file, which member, which value. This page is made
        from the source; a number is never reused.


        """;

    /// <summary>What holds for all codes of a range, up to the next.</summary>
    private static readonly (int From, string Title, string About)[] Ranges =
    [
        (1000, "Options and command line", "`memsentry-weave` ends with 2 and has done nothing; a build fails."),
        (2000, "Input and output files", "`memsentry-weave` ends with 1: this input was not done, the others were. A build fails. Warnings change neither."),
        (3000, "Analysis and weaving", "`memsentry-weave` ends with 1: this input was not done, the others were. A build fails. Warnings change neither."),
        (4000, "Build integration", "The build fails, and delivers nothing that is not woven. Warnings do not change that."),
        (5000, "Why the verifier rejects an assembly", "`memsentry-weave verify` ends with 1."),
        (7000, "Start of the runtime", "An exception, before the first woven instruction or from `SafeRegion.Allocate`. `MEMSENTRY_FALLBACK=unprotected` makes a warning of it where it is about the machine."),
        (7100, "Blocked accesses", "An exception or the end of the process, as each says; the access did not happen."),
        (7200, "Safe regions", "An exception from the member of `SafeRegion` that was called."),
        (9000, "Defects of MemSentry", "`memsentry-weave` ends with 3; a build fails."),
    ];

    /// <summary>The codes: number, and the field that declares it.</summary>
    public static IEnumerable<(int Number, Enum Code)> Codes =>
        Enum.GetValues<DiagnosticId>().Cast<Enum>().Concat(Enum.GetValues<VerifierCode>().Cast<Enum>()).Concat(Enum.GetValues<RuntimeCode>().Cast<Enum>())
            .Select(code => (Convert.ToInt32(code, CultureInfo.InvariantCulture), code)).OrderBy(c => c.Item1);

    /// <summary>The whole page.</summary>
    public static string Write()
    {
        var text = new StringBuilder(Head);
        for (int i = 0; i < Ranges.Length; i++)
        {
            (int from, string title, string about) = Ranges[i];
            int end = i + 1 < Ranges.Length ? Ranges[i + 1].From : int.MaxValue;
            text.Append($"## {title}\n{about}\n\n| code | what it says | cause | what to do |\n|---|---|---|---|\n");
            foreach ((int number, Enum code) in Codes.Where(c => c.Number >= from && c.Number < end))
                text.Append($"| MS{number} | {string.Join(" | ", Explanation(code))} |\n");
            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The sentence, the cause and what to do; fewer, if the source does not say them.</summary>
    public static IReadOnlyList<string> Explanation(Enum code)
    {
        string documents = Path.ChangeExtension(code.GetType().Assembly.Location, ".xml");
        XElement? member = XDocument.Load(documents).Descendants("member").SingleOrDefault(m => (string?)m.Attribute("name") == $"F:{code.GetType().FullName}.{code}");
        return member is null ? [] : [Text(member.Element("summary")!), .. member.Elements("remarks").Elements("para").Select(Text)];
    }

    private static string Text(XElement element) => Regex.Replace(string.Concat(element.Nodes().Select(Text)), @"\s+", " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);

    private static string Text(XNode node) => node switch
    {
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{((string)see.Attribute("cref")!).Split('.')[^1]}`",
        XText text => text.Value,
        _ => throw new InvalidDataException($"An explanation of a code has '{node}', for which the page has no form."),
    };
}
