namespace MemSentry.Packages.Tests.Infrastructure;

/// <summary>
/// The steps of a document that a reader would carry out, in order: files to write and commands to enter. A file's block follows a line that starts
/// with its name in backticks; in a <c>console</c> block, a line with <c>$ </c> is a command and the lines below it are what it prints.
/// </summary>
internal static class Transcript
{
    public static IReadOnlyList<TranscriptStep> Read(string document)
    {
        string[] lines = File.ReadAllLines(document);
        var steps = new List<TranscriptStep>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal))
                continue;

            string[] block = [.. lines.Skip(i + 1).TakeWhile(l => l != "```")];
            steps.AddRange(lines[i] == "```console" ? Commands(block) : [new FileStep(lines[i - 1].Split('`')[1], string.Join('\n', block) + "\n")]);
            i += block.Length + 1;
        }

        return steps;
    }

    private static IEnumerable<TranscriptStep> Commands(string[] block)
    {
        for (int i = 0; i < block.Length; i++)
        {
            if (block[i].StartsWith("$ ", StringComparison.Ordinal))
                yield return new CommandStep(block[i][2..], [.. block.Skip(i + 1).TakeWhile(l => !l.StartsWith("$ ", StringComparison.Ordinal))]);
        }
    }
}
