namespace MemSentry.Packages.Tests.Infrastructure;

/// <summary>A block of code in one of the documents that users read.</summary>
/// <param name="Document">The document, from the repository's root.</param>
/// <param name="Language">What it says of itself; empty for commands.</param>
/// <param name="Lines">The lines.</param>
internal sealed record CodeBlock(string Document, string Language, IReadOnlyList<string> Lines)
{
    /// <summary>The documents.</summary>
    public static IReadOnlyList<string> Documents { get; } =
    [
        "README.md", "weaver/MemSentry.Cli/README.md", "weaver/MemSentry.Fody/README.md", "runtime/MemSentry.Runtime/README.md",
        .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Order(StringComparer.Ordinal).Select(f => "docs/" + Path.GetFileName(f)),
    ];

    /// <summary>The commands in it, without what is said about them.</summary>
    public IEnumerable<string> Commands => Lines.Select(l => l.Split(" # ")[0].Trim()).Where(l => l.Length > 0);

    /// <summary>The blocks of a document, in order.</summary>
    public static IEnumerable<CodeBlock> In(string document)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, document));
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal))
                continue;

            string[] block = [.. lines.Skip(i + 1).TakeWhile(l => l != "```")];
            yield return new CodeBlock(document, lines[i][3..], block);
            i += block.Length + 1;
        }
    }
}
