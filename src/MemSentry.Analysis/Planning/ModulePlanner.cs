using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using Mono.Cecil;

namespace MemSentry.Analysis.Planning;

/// <summary>Reads every member body of a module and returns what a weave has to do.</summary>
public static class ModulePlanner
{
    /// <summary>Plans a module without changing it.</summary>
    /// <param name="module">The module, with its assembly resolver able to find the references.</param>
    /// <param name="options">The user's choices.</param>
    /// <param name="diagnostics">Receives warnings and errors; with an error the plan must not be used.</param>
    public static ModulePlan Plan(ModuleDefinition module, WeaverOptions options, DiagnosticList diagnostics) =>
        throw new NotSupportedException("Being written.");
}
