namespace MemSentry.Benchmarks.Comparing;

/// <summary>
/// Compares works that exist twice in this process, unwoven and woven. They take turns every few milliseconds, so that what the rest of the machine does to caches and clock befalls both. Where
/// their code and data come to lie is another matter: it stays the same until they are compiled and allocated anew, and some works run up to a quarter faster or slower with it. So the pair is
/// loaded several times, each time with its code at other places (<see cref="CodePlacement"/>) and after the other arm or before it: each of these generations is one sample.
/// </summary>
/// <param name="load">Loads an arm anew, unwoven or woven: its works by name, each of which prints its results.</param>
/// <param name="seed">Decides places and turns.</param>
internal sealed class PairedWorks(Func<bool, IReadOnlyDictionary<string, Action<TextWriter>>> load, int seed)
{
    private readonly CodePlacement _placement = new(seed);

    /// <summary>Measures, and prints a line for each work and generation: <c>json 1.0123</c>.</summary>
    /// <exception cref="InvalidDataException">A work prints something else once it is woven.</exception>
    public void Print(int generations, TextWriter output)
    {
        for (int generation = 0; generation < generations; generation++)
        {
            bool isWovenFirst = (seed + generation) % 2 != 0;
            IReadOnlyDictionary<string, Action<TextWriter>> first = load(isWovenFirst);
            IReadOnlyDictionary<string, Action<TextWriter>> second = load(!isWovenFirst);
            foreach (string work in first.Keys)
            {
                double ratio = Compared(work, first[work], second[work]);
                output.WriteLine(FormattableString.Invariant($"{work} {(isWovenFirst ? 1 / ratio : ratio):R}"));
            }
        }
    }

    private double Compared(string name, Action<TextWriter> first, Action<TextWriter> second)
    {
        // The first time it is compiled, all of it and for good: there is no tiered compilation.
        _placement.Move();
        string printed = Printed(first);
        _placement.Move();
        if (Printed(second) != printed)
            throw new InvalidDataException($"'{name}' prints something else once it is woven");

        return Turns.Ratio(() => Printed(first), () => Printed(second));
    }

    private static string Printed(Action<TextWriter> work)
    {
        using var text = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        work(text);
        return text.ToString();
    }
}
