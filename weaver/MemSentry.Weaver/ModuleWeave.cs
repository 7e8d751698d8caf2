using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using Mono.Cecil;

namespace MemSentry.Weaver;

/// <summary>Weaves one module in memory: the engine behind every host.</summary>
public static class ModuleWeave
{
    /// <summary>Plans and rewrites a module. With an error in <paramref name="diagnostics"/> the module is left as it was.</summary>
    /// <returns>What was done, or null when there was an error.</returns>
    public static ModulePlan? Apply(ModuleDefinition module, WeaverOptions options, DiagnosticList diagnostics) =>
        throw new NotSupportedException("Being written.");
}
