using System.Reflection;

namespace MemSentry.Startup;

/// <summary>
/// What weaves found out about assemblies that the woven ones refer to: the resource <c>MemSentry.References</c> of each, with lines like
/// <c>raw-accesses 25b12134-b112-4ffb-ab73-641db2e54e5b Codec</c>.
/// </summary>
internal sealed class ReferenceRecords
{
    private const string Resource = "MemSentry.References";
    private const string WithRawAccesses = "raw-accesses";
    private const string WithoutRawAccesses = "no-raw-accesses";

    private readonly HashSet<string> _raw = [];
    private readonly HashSet<(string Name, string Build)> _harmless = [];

    /// <summary>Assemblies that were found to have raw accesses.</summary>
    public IEnumerable<string> Raw => _raw;

    /// <summary>Adds the list of a woven assembly, if it has one.</summary>
    public void Add(Assembly woven)
    {
        using Stream? list = woven.GetManifestResourceStream(Resource);
        if (list is null)
        {
            return;
        }

        using var reader = new StreamReader(list);
        while (reader.ReadLine() is { } line)
        {
            string[] fields = line.Split(' ', 3);
            switch (fields[0])
            {
                case WithRawAccesses:
                    _raw.Add(fields[2]);
                    break;
                case WithoutRawAccesses:
                    _harmless.Add((fields[2], fields[1]));
                    break;
            }
        }
    }

    /// <summary>Whether an assembly has raw accesses; <see langword="null"/> if nobody has looked at this very build of it.</summary>
    public bool? HasRawAccesses(string name, Guid build) =>
        _raw.Contains(name) ? true : _harmless.Contains((name, build.ToString("D"))) ? false : null;

    /// <summary>Whether a weave took the assembly for one that the program brings along.</summary>
    public bool Mentions(string name) => _raw.Contains(name) || _harmless.Any(h => h.Name == name);
}
