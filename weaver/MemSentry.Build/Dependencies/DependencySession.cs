using System.Text.Json;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Weaver;

namespace MemSentry.Build.Dependencies;

/// <summary>Weaves the dependencies of one program. Runs inside <see cref="DependencyContext"/>, which is why it speaks JSON.</summary>
internal static class DependencySession
{
    /// <param name="request">A <see cref="DependencyRequest"/>.</param>
    /// <returns>A <see cref="DependencyOutcome"/>.</returns>
    public static string Run(string request)
    {
        DependencyRequest asked = JsonSerializer.Deserialize<DependencyRequest>(request)!;
        WeaverOptions options = asked.Settings.ToOptions();
        var framework = asked.Framework.ToHashSet();
        var diagnostics = new DiagnosticList();
        List<Dependency> woven = [.. asked.Dependencies.Where(d => Weave(d, asked, options, framework, diagnostics) == DependencyStatus.Woven)];
        return JsonSerializer.Serialize(new DependencyOutcome(woven, [.. diagnostics]));
    }

    private static DependencyStatus Weave(
        Dependency dependency, DependencyRequest asked, WeaverOptions options, HashSet<string> framework, DiagnosticList diagnostics)
    {
        var record = new DependencyRecord(dependency, asked.Versions, asked.Settings);
        if (record.Recall() is { } known)
            return known;

        record.Forget();
        var found = new DiagnosticList();
        DependencyStatus status = DependencyWeave.Run(
            new AssemblyWeaveRequest(dependency.Source, dependency.Output, options, asked.ReferenceDirectories), framework, found);
        Tell(dependency, status, found, diagnostics);
        if (status != DependencyStatus.Refused)
            record.Remember(status);
        return status;
    }

    private static void Tell(Dependency dependency, DependencyStatus status, DiagnosticList found, DiagnosticList diagnostics)
    {
        // Somebody else's assembly: what could be better in it is for information, what is wrong with it is an error.
        foreach (Diagnostic diagnostic in found)
            diagnostics.Add(diagnostic.Severity == DiagnosticSeverity.Warning ? diagnostic with { Severity = DiagnosticSeverity.Info } : diagnostic);
        if (status == DependencyStatus.Refused)
        {
            string name = Path.GetFileNameWithoutExtension(dependency.Source);
            diagnostics.Add(Diagnostic.Error(DiagnosticId.DependencyNotWeavable,
                $"The dependency '{name}' cannot be woven with the program, for the reason before this, and is not delivered; do without it, or keep it unwoven on purpose with <MemSentryLeaveUnwoven Include=\"{name}\" />."));
        }
    }
}
