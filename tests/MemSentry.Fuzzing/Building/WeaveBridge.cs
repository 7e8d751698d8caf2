using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Weaver;

namespace MemSentry.Fuzzing.Building;

/// <summary>Weaves. It speaks only of texts, so that it can be loaded once more beside another weaver, see <see cref="Engine"/>.</summary>
public static class WeaveBridge
{
    /// <summary>Weaves one file.</summary>
    /// <param name="input">The assembly.</param>
    /// <param name="output">Where it goes.</param>
    /// <param name="settings">Options, as <c>Name=value;…</c>.</param>
    /// <returns>The errors, each as code, colon and message; empty if it was woven.</returns>
    public static string[] Weave(string input, string output, string settings)
    {
        var diagnostics = new DiagnosticList();
        IEnumerable<KeyValuePair<string, string>> pairs = settings.Split(';').Select(s => s.Split('=')).Select(p => KeyValuePair.Create(p[0], p[1]));
        WeaverOptions options = OptionCatalog.Parse(pairs, diagnostics);
        if (!diagnostics.HasErrors)
            AssemblyWeave.Run(new(input, output, options, [AppContext.BaseDirectory]), diagnostics);
        return [.. diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => $"{d.Code}: {d.Message}")];
    }
}
