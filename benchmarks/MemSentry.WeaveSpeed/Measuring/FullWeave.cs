using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Weaver;
using MemSentry.WeaveSpeed.Subjects;

namespace MemSentry.WeaveSpeed.Measuring;

/// <summary>A weave as the command line does it, from file to file.</summary>
internal static class FullWeave
{
    /// <summary>Weaves with the default options.</summary>
    /// <exception cref="WeaveException">The weaver refused.</exception>
    public static void Run(Subject subject)
    {
        var diagnostics = new DiagnosticList();
        if (AssemblyWeave.Run(new(subject.Input, subject.Output, new WeaverOptions(), [subject.References]), diagnostics) is null)
            throw new WeaveException(diagnostics.First(d => d.Severity == DiagnosticSeverity.Error));
    }
}
