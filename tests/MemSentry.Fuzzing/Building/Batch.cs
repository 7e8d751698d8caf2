using MemSentry.Attacks.Building;
using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Running;

namespace MemSentry.Fuzzing.Building;

/// <summary>Members that are built, woven and run together.</summary>
/// <param name="Name">The assembly's name.</param>
/// <param name="Form">Their form.</param>
/// <param name="Configuration">How C# is compiled.</param>
/// <param name="Arms">How they are woven.</param>
/// <param name="Mode">How they are run.</param>
/// <param name="Members">The members.</param>
public sealed record Batch(
    string Name, MemberForm Form, BuildConfiguration Configuration, IReadOnlyList<FuzzArm> Arms, FuzzMode Mode, IReadOnlyList<Member> Members) : IBatch
{
    /// <inheritdoc/>
    public string Kind => $"{Form}";

    /// <inheritdoc/>
    public IEnumerable<string> Ways => [$"mode {Mode.Name}", $"form {Form}", $"build {Configuration}", .. Arms.Select(a => $"woven {a.Name}")];
}
