using MemSentry.Analysis.Diagnostics;
using Microsoft.Build.Framework;

namespace MemSentry.Build.Tasks;

/// <summary>
/// A task whose messages are <see cref="Diagnostic"/>s. MSBuild's logger gives them code, file, line and column, and applies -warnaserror,
/// WarningsAsErrors and NoWarn to them.
/// </summary>
public abstract class DiagnosedTask : Microsoft.Build.Utilities.Task
{
    /// <summary>The project: the place of messages that have no better one.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>$(TreatWarningsAsErrors): MSBuild applies it to the compiler's warnings only, but ours are about code as well.</summary>
    public bool TreatWarningsAsErrors { get; set; }

    /// <summary>$(WarningsNotAsErrors).</summary>
    public string WarningsNotAsErrors { get; set; } = "";

    /// <summary>$(NoWarn).</summary>
    public string NoWarn { get; set; } = "";

    /// <inheritdoc/>
    public sealed override bool Execute()
    {
        var diagnostics = new DiagnosticList();
        try
        {
            Run(diagnostics);
        }
        catch (Exception failure)
        {
            diagnostics.Add(FailureDiagnostic.From(failure));
            Log.LogMessage(MessageImportance.Low, failure.ToString());
        }

        foreach (Diagnostic diagnostic in diagnostics)
            Write(WarningPolicy.Apply(diagnostic, TreatWarningsAsErrors, WarningsNotAsErrors, NoWarn));

        // A warning that the user made an error counts: MSBuild's logger told so while it was written.
        if (Log.HasLoggedErrors)
            AfterFailure();
        return !Log.HasLoggedErrors;
    }

    /// <summary>Does the work.</summary>
    private protected abstract void Run(DiagnosticList diagnostics);

    /// <summary>Called once after the messages, if one of them was an error.</summary>
    private protected virtual void AfterFailure()
    {
    }

    private void Write(Diagnostic diagnostic)
    {
        string file = diagnostic.Location?.File ?? ProjectFile;
        int line = diagnostic.Location?.Line ?? 0;
        int column = diagnostic.Location?.Column ?? 0;
        switch (diagnostic.Severity)
        {
            case DiagnosticSeverity.Error:
                Log.LogError(null, diagnostic.Code, null, file, line, column, 0, 0, "{0}", diagnostic.Message);
                break;
            case DiagnosticSeverity.Warning:
                Log.LogWarning(null, diagnostic.Code, null, file, line, column, 0, 0, "{0}", diagnostic.Message);
                break;
            default:
                Log.LogMessage(MessageImportance.Normal, "{0}", diagnostic.ToString());
                break;
        }
    }
}
