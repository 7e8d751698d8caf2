namespace MemSentry.Weaver.Inspection;

/// <summary>How many letters have to be put in, taken out or changed to make one name of another (Levenshtein 1966); case counts for nothing.</summary>
internal static class NameDistance
{
    public static int Between(string first, string second)
    {
        int[] row = [.. Enumerable.Range(0, second.Length + 1)];
        for (int i = 0; i < first.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < second.Length; j++)
            {
                int change = diagonal + (char.ToUpperInvariant(first[i]) == char.ToUpperInvariant(second[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(change, Math.Min(row[j], diagonal) + 1);
            }
        }

        return row[second.Length];
    }
}
