using Mono.Cecil;

namespace MemSentry.Mutants.Switches;

/// <summary>A kind of mutation that breaks how members get at an open region.</summary>
/// <param name="Name">In lower case with hyphens.</param>
/// <param name="MutationsOf">What it can do to a woven module, always in the same order.</param>
public sealed record SwitchKind(string Name, Func<ModuleDefinition, IEnumerable<SwitchMutation>> MutationsOf)
{
    /// <summary>The kinds that there are for a method.</summary>
    /// <param name="method">As the option ProtMethod writes it.</param>
    public static IReadOnlyList<SwitchKind> For(string method) => method == "mpk" ? [.. GateKinds.All, .. StubKinds.All] : GateKinds.All;
}
