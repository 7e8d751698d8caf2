using Mono.Cecil;

namespace MemSentry.Analysis.Members;

/// <summary>The members of a module, and those of them whose code has to be looked at.</summary>
/// <param name="module">The module.</param>
/// <param name="settled">
/// Members in which nothing has to be checked (<see cref="Prescan.SettledMembers"/>), with the number of their operands that were proven on the way; null if
/// that is known of none.
/// </param>
public sealed class ModuleMembers(ModuleDefinition module, IReadOnlyDictionary<MethodDefinition, int>? settled = null)
{
    /// <summary>The module.</summary>
    public ModuleDefinition Module => module;

    /// <summary>All members, in metadata order.</summary>
    public IEnumerable<MethodDefinition> All => module.GetTypes().SelectMany(t => t.Methods);

    /// <summary>Members with a body that has to be looked at, in metadata order. To ask for the body of another would decode it.</summary>
    public IEnumerable<MethodDefinition> Unsettled => All.Where(m => m.HasBody && !IsSettled(m));

    /// <summary>Whether it is known that nothing in a member has to be checked.</summary>
    public bool IsSettled(MethodDefinition method) => settled?.ContainsKey(method) ?? false;

    /// <summary>How many operands of a settled member something has to hold of, and does.</summary>
    internal int ProvenIn(MethodDefinition method) => settled?.GetValueOrDefault(method) ?? 0;
}
