using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Planning;
using MemSentry.Corpus.Subjects;
using MemSentry.Weaver;

namespace MemSentry.Corpus.Weaving;

/// <summary>Weaves an assembly file.</summary>
internal static class Weave
{
    /// <summary>Weaves one file.</summary>
    /// <exception cref="WeaveException">The weaver refused.</exception>
    public static ModulePlan Run(string input, string output, Variant variant)
    {
        var diagnostics = new DiagnosticList();
        ModulePlan? plan = AssemblyWeave.Run(new(input, output, variant.Options, [AppContext.BaseDirectory]), diagnostics);
        return plan ?? throw new WeaveException(diagnostics.First(d => d.Severity == DiagnosticSeverity.Error));
    }
}
