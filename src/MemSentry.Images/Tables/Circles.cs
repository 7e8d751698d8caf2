namespace MemSentry.Images.Tables;

/// <summary>Follows references from row to row of one table, each row leading to at most one other, and refuses circles and endless chains.</summary>
internal static class Circles
{
    // Types nest a handful of levels deep; names and scopes are made by recursion.
    private const int Deepest = 256;

    /// <summary>Checks that every chain ends.</summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="next">The row that a row leads to, from 1; 0 if it is the last.</param>
    /// <param name="what">What the references are, for the message.</param>
    public static void Refuse(int rows, Func<int, int> next, string what)
    {
        // The length of the chain that begins at a row, as far as it is known.
        ushort[] lengths = new ushort[rows + 1];
        var path = new List<int>();
        for (int row = 1; row <= rows; row++)
        {
            path.Clear();
            int at = row;
            while (at > 0 && at <= rows && lengths[at] == 0)
            {
                path.Add(at);
                if (path.Count > Deepest)
                    throw new BadImageFormatException($"The {what} go round in a circle, or too deep.");
                at = next(at);
            }

            int length = at > 0 && at <= rows ? lengths[at] : 0;
            for (int i = path.Count - 1; i >= 0; i--)
            {
                if (++length > Deepest)
                    throw new BadImageFormatException($"The {what} go too deep.");
                lengths[path[i]] = (ushort)length;
            }
        }
    }
}
