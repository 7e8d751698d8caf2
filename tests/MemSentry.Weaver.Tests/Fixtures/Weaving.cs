using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;

namespace MemSentry.Weaver.Tests.Fixtures;

/// <summary>Weaves files as hosts do.</summary>
internal static class Weaving
{
    public static ModulePlan? Try(string input, string output, DiagnosticList diagnostics, string? key = null, params string[] references) =>
        AssemblyWeave.Run(new AssemblyWeaveRequest(input, output, new WeaverOptions(), references, key), diagnostics);

    /// <summary>Weaves and insists on success; returns what else there is to say.</summary>
    public static DiagnosticList Run(string input, string output, string? key = null)
    {
        var diagnostics = new DiagnosticList();
        Assert.That(Try(input, output, diagnostics, key), Is.Not.Null, string.Join('\n', diagnostics));
        return diagnostics;
    }

    /// <summary>Weaves and insists on one error.</summary>
    public static Diagnostic Refuse(string input, string output, string? key = null)
    {
        var diagnostics = new DiagnosticList();
        Assert.That(Try(input, output, diagnostics, key), Is.Null);
        return diagnostics.Single(d => d.Severity == DiagnosticSeverity.Error);
    }
}
