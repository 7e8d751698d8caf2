namespace MemSentry.Mutants.Survivors;

/// <summary>
/// The committed list of mutants that the verifier accepts: a mutant on one line, the reason why it is equivalent indented on the next. Lines that start
/// with <c>#</c> are comments.
/// </summary>
public static class SurvivorFile
{
    /// <summary>Reads the list.</summary>
    /// <exception cref="FormatException">A mutant has no reason, or a reason no mutant.</exception>
    public static IReadOnlyList<Survivor> Read()
    {
        using Stream file = typeof(SurvivorFile).Assembly.GetManifestResourceStream("survivors.txt")!;
        using var reader = new StreamReader(file);
        return Parse(reader.ReadToEnd());
    }

    /// <inheritdoc cref="Read"/>
    /// <param name="text">The list.</param>
    public static IReadOnlyList<Survivor> Parse(string text)
    {
        var survivors = new List<Survivor>();
        string? mutant = null;
        foreach (string line in text.Split('\n').Where(l => l.Trim().Length > 0 && l[0] != '#'))
        {
            bool isReason = line[0] == ' ';
            if (isReason != mutant is not null)
                throw new FormatException($"The list of survivors has a mutant without reason, or a reason without mutant, at '{line.Trim()}'.");

            if (isReason)
                survivors.Add(new Survivor(mutant!, line.Trim()));
            mutant = isReason ? null : line.Trim();
        }

        return mutant is null ? survivors : throw new FormatException($"The list of survivors has no reason for '{mutant}'.");
    }
}
