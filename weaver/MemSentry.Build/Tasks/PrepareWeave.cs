using MemSentry.Analysis.Diagnostics;
using MemSentry.Build.Handover;
using MemSentry.Build.Stamps;
using Microsoft.Build.Framework;

namespace MemSentry.Build.Tasks;

/// <summary>
/// Runs before the compiler. Writes the settings file, and deletes a compiled assembly that is not woven with the settings in force:
/// a weave that failed leaves one behind, the compiler would find it up to date, and Fody only runs after the compiler.
/// </summary>
public sealed class PrepareWeave : DiagnosedTask
{
    /// <summary>The compiler's output.</summary>
    [Required]
    public string IntermediateAssembly { get; set; } = "";

    /// <summary>The settings as the stamp must carry them.</summary>
    [Required]
    public string SettingsText { get; set; } = "";

    /// <summary>The content of the settings file.</summary>
    [Required]
    public string SettingsJson { get; set; } = "";

    /// <summary>The assemblies that the program brings along, implementations before those that only the compiler needs.</summary>
    public string[] References { get; set; } = [];

    /// <summary>The assemblies of shared frameworks.</summary>
    public string[] FrameworkReferences { get; set; } = [];

    /// <summary>The file with the references, to be an input of the compilation.</summary>
    [Output]
    public string ReferencesFile { get; private set; } = "";

    /// <summary>The settings file, to be an input of the compilation.</summary>
    [Output]
    public string SettingsFile { get; private set; } = "";

    private protected override void Run(DiagnosticList diagnostics)
    {
        var files = new HandoverFiles(IntermediateAssembly);
        SettingsFile = files.Settings;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(files.Settings))!);

        ReferencesFile = files.References;
        WriteIfChanged(files.Settings, SettingsJson);
        WriteIfChanged(files.References, ReferenceHandover.Of(References, FrameworkReferences).ToJson());

        File.Delete(files.Outcome);
        if (File.Exists(IntermediateAssembly) && !IsWovenAsAsked())
        {
            Log.LogMessage(MessageImportance.Normal, "MemSentry: {0} is not woven as asked; compiling it again.", IntermediateAssembly);
            File.Delete(IntermediateAssembly);
        }
    }

    /// <summary>Untouched when nothing changed: its date decides whether the compiler runs.</summary>
    private static void WriteIfChanged(string file, string content)
    {
        if (!File.Exists(file) || File.ReadAllText(file) != content)
            File.WriteAllText(file, content);
    }

    private bool IsWovenAsAsked()
    {
        try
        {
            return StampReader.Read(IntermediateAssembly)?.Fits(SettingsText) == true;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
