using System.CommandLine;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Cli.Output;
using MemSentry.Cli.Weaving;

namespace MemSentry.Cli.Inspecting;

/// <summary>The options of a weave on the command lines of commands that only look.</summary>
internal static class InspectionOptions
{
    /// <summary>The options in force, or null after a message if one of them is wrong.</summary>
    public static WeaverOptions? Read(ParseResult parsed, IReadOnlyList<Option<string>> settings, MessageWriter messages)
    {
        var diagnostics = new DiagnosticList();
        WeaverOptions options = OptionCatalog.Parse(SettingOption.Said(parsed, settings), diagnostics);
        foreach (Diagnostic diagnostic in diagnostics)
            messages.Write(diagnostic);
        return diagnostics.HasErrors ? null : options;
    }
}
