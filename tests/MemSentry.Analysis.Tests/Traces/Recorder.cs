namespace MemSentry.Analysis.Tests.Traces;

/// <summary>What traced members call: it notes where they pass, throws where it is told to, and decides about branches. Public, because they lie in an assembly of their own.</summary>
public static class Recorder
{
    private static readonly List<int> Passed = [];
    private static int[] _throwAt = [];
    private static Random _random = new();
    private static int _choices;

    /// <summary>Runs a member.</summary>
    /// <param name="member">The member.</param>
    /// <param name="throwAt">At which of the points that it passes, counted from 1, an exception is thrown.</param>
    /// <param name="seed">What the branches depend on.</param>
    /// <returns>The points that it passed.</returns>
    public static IReadOnlyList<int> Run(Action member, int[] throwAt, int seed)
    {
        Passed.Clear();
        _throwAt = throwAt;
        _random = new Random(seed);
        _choices = 0;
        try
        {
            member();
        }
        catch (ExpectedException)
        {
            // Nobody inside wanted it.
        }

        return [.. Passed];
    }

    /// <summary>A member passes here.</summary>
    public static void Point(int point)
    {
        Passed.Add(point);
        if (_throwAt.Contains(Passed.Count))
            throw new ExpectedException();
    }

    /// <summary>Decides about a branch; after many decisions always no, so that loops end.</summary>
    public static bool Choose() => ++_choices < 40 && _random.Next(2) == 0;

    private sealed class ExpectedException : Exception;
}
