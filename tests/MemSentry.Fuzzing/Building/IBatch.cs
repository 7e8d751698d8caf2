using MemSentry.Attacks.Building;
using MemSentry.Fuzzing.Running;

namespace MemSentry.Fuzzing.Building;

/// <summary>What is built, woven and run together, for reports.</summary>
public interface IBatch
{
    /// <summary>The assembly's name.</summary>
    string Name { get; }

    /// <summary>How C# is compiled.</summary>
    BuildConfiguration Configuration { get; }

    /// <summary>How it is run.</summary>
    FuzzMode Mode { get; }

    /// <summary>What it is, in a word.</summary>
    string Kind { get; }

    /// <summary>All that was chosen for it, for the count.</summary>
    IEnumerable<string> Ways { get; }
}
