using MemSentry.Analysis.Diagnostics;
using MemSentry.Build.Stamps;
using Microsoft.Build.Framework;

namespace MemSentry.Build.Tasks;

/// <summary>
/// The last word before an assembly is copied, packed or published: it must be woven with the settings in force. Trusts nothing but
/// the assembly itself, so it does not matter how an unwoven one came about.
/// </summary>
public sealed class CheckWeave : DiagnosedTask
{
    /// <summary>The assemblies that are about to be delivered.</summary>
    [Required]
    public string[] Assemblies { get; set; } = [];

    /// <summary>The settings that the stamp must carry.</summary>
    [Required]
    public string SettingsText { get; set; } = "";

    /// <summary>Whether references that are not woven and have raw accesses, or may have, forbid the delivery.</summary>
    public bool RefusesUnwoven { get; set; }

    /// <summary>$(DisableFody), for a better message.</summary>
    public string? DisableFody { get; set; }

    private protected override void Run(DiagnosticList diagnostics)
    {
        foreach (string assembly in Assemblies.Distinct())
        {
            if (Fault(assembly) is { } fault)
                diagnostics.Add(Diagnostic.Error(DiagnosticId.AssemblyNotWoven, fault));
            else if (RefusesUnwoven && ReferenceListReader.Unwoven(assembly) is { Count: > 0 } unwoven)
                diagnostics.Add(Refusal(assembly, unwoven));
        }
    }

    private string? Fault(string assembly)
    {
        if (!File.Exists(assembly))
            return $"{assembly} does not exist, so there is nothing woven to deliver; build the project without --no-build.";

        WovenStamp? stamp = StampReader.Read(assembly);
        if (stamp is null)
            return $"{assembly} is not woven and is not delivered; {Remedy()}.";
        return stamp.Fits(SettingsText)
            ? null
            : $"{assembly} is woven with '{stamp.Settings}' (layout {stamp.LayoutVersion}), but '{SettingsText}' is asked for; build the project without --no-build.";
    }

    // An assembly that was woven with Unwoven=warn, and is now to be delivered with refuse.
    private static Diagnostic Refusal(string assembly, IReadOnlyList<string> unwoven) => Diagnostic.Error(DiagnosticId.ReferenceNotWoven,
        $"{assembly} refers to assemblies that are not woven and have raw accesses, or may have: {string.Join(", ", unwoven)}; weave them too, or do without them.");

    private string Remedy() => string.Equals(DisableFody, "true", StringComparison.OrdinalIgnoreCase)
        ? "remove DisableFody=true, or remove the reference to MemSentry.Fody to build without protection on purpose"
        : "build the project without --no-build and look for the first error or warning of Fody";
}
