using Mono.Cecil;

namespace MemSentry.Mutants.Kinds.Modules;

/// <summary>A kind of mutation that breaks what holds for a whole woven module.</summary>
public interface IModuleMutationKind
{
    /// <summary>Its name, in lower case with hyphens.</summary>
    string Name { get; }

    /// <summary>What it can do to a module, always in the same order.</summary>
    IEnumerable<ModuleMutation> MutationsOf(ModuleDefinition woven);
}
