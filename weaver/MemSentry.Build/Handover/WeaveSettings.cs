using System.Text.Json;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;

namespace MemSentry.Build.Handover;

/// <summary>Everything that decides how a module is woven.</summary>
/// <param name="Values">Every option of <see cref="OptionCatalog"/> by its name, with its value in force.</param>
/// <param name="Text">The same as the canonical line that the stamp carries.</param>
/// <param name="Weaver">The weaver that is to do it.</param>
internal sealed record WeaveSettings(IReadOnlyDictionary<string, string> Values, string Text, WeaverIdentity Weaver)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    public static WeaveSettings From(WeaverOptions options, WeaverIdentity weaver) =>
        new(OptionCatalog.All.ToDictionary(o => o.Name, o => o.Format(options)), OptionCatalog.ToSettingsText(options), weaver);

    /// <exception cref="WeaveException">The file is missing: the project runs the weaver without our targets (MS4007).</exception>
    public static WeaveSettings Load(string file)
    {
        if (!File.Exists(file))
        {
            throw new WeaveException(Diagnostic.Error(DiagnosticId.TargetsNotImported,
                "Fody ran MemSentry, but the project does not import MemSentry.Fody.targets; reference the package MemSentry.Fody instead of adding its DLL to WeaverFiles."));
        }

        return JsonSerializer.Deserialize<WeaveSettings>(File.ReadAllText(file), Format)!;
    }

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <exception cref="WeaveException">This weaver understands the values otherwise than the one that wrote them (MS4005).</exception>
    public WeaverOptions ToOptions()
    {
        WeaverOptions options = OptionCatalog.Parse(Values, []);
        return OptionCatalog.ToSettingsText(options) == Text ? options : throw WeaverIdentity.OutOfDate();
    }
}
