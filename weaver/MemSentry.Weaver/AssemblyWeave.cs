using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Planning;

namespace MemSentry.Weaver;

/// <summary>Weaves one assembly file: read, <see cref="ModuleWeave"/>, write to a temporary file, move into place.</summary>
public static class AssemblyWeave
{
    /// <summary>Runs the weave. Nothing is written when there is an error.</summary>
    /// <returns>What was done, or null when there was an error.</returns>
    public static ModulePlan? Run(AssemblyWeaveRequest request, DiagnosticList diagnostics) =>
        throw new NotSupportedException("Being written.");
}
