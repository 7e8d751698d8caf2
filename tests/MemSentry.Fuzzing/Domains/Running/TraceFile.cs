using System.Globalization;

namespace MemSentry.Fuzzing.Domains.Running;

/// <summary>What unwoven scenarios do, in a file beside their assembly: a line for each that came to its end.</summary>
internal static class TraceFile
{
    /// <summary>Begins anew.</summary>
    public static void Clear(string assembly) => File.Delete(PathOf(assembly));

    /// <summary>Adds a scenario's.</summary>
    public static void Add(string assembly, int number, string trace) => File.AppendAllText(PathOf(assembly), string.Create(CultureInfo.InvariantCulture, $"{number}\t{trace}\n"));

    /// <summary>All that are there.</summary>
    public static IReadOnlyDictionary<int, string> Read(string assembly) => File.Exists(PathOf(assembly))
        ? File.ReadLines(PathOf(assembly)).Select(line => line.Split('\t')).ToDictionary(p => int.Parse(p[0], CultureInfo.InvariantCulture), p => p[1])
        : new Dictionary<int, string>();

    private static string PathOf(string assembly) => assembly + ".traces";
}
