using MemSentry.Attacks.Building;
using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Domains.Tree;
using MemSentry.Fuzzing.Running;

namespace MemSentry.Fuzzing.Domains.Building;

/// <summary>Scenarios that are built, woven and run together.</summary>
/// <param name="Name">The assembly's name.</param>
/// <param name="Configuration">How C# is compiled.</param>
/// <param name="Method">The methods of their domains.</param>
/// <param name="Arms">How they are woven.</param>
/// <param name="Mode">How they are run.</param>
/// <param name="Scenarios">The scenarios.</param>
public sealed record DomainBatch(
    string Name, BuildConfiguration Configuration, DomainMethod Method, IReadOnlyList<DomainArm> Arms, FuzzMode Mode, IReadOnlyList<Scenario> Scenarios) : IBatch
{
    /// <inheritdoc/>
    public string Kind => Method.Name;

    /// <inheritdoc/>
    public IEnumerable<string> Ways => [$"mode {Mode.Name}", $"build {Configuration}", .. Arms.Select(a => $"woven {a.Name}")];
}
