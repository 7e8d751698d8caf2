using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Planning;
using MemSentry.Weaver;

namespace MemSentry.RealAssemblies.Weaving;

/// <summary>Weaves an assembly of this program's folder.</summary>
internal static class Weave
{
    /// <summary>Weaves into a file.</summary>
    /// <exception cref="WeaveException">The weaver refused.</exception>
    public static ModulePlan Run(string file, string output, Variant variant)
    {
        var diagnostics = new DiagnosticList();
        ModulePlan? plan = AssemblyWeave.Run(
            new(Path.Combine(AppContext.BaseDirectory, file), output, variant.Options, [AppContext.BaseDirectory]),
            diagnostics);
        return plan ?? throw new WeaveException(diagnostics.First(d => d.Severity == DiagnosticSeverity.Error));
    }
}
