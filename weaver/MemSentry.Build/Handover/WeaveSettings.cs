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

    public static WeaveSettings Load(string file) => FromJson(File.ReadAllText(file));

    public static WeaveSettings FromJson(string json) => JsonSerializer.Deserialize<WeaveSettings>(json, Format)!;

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <exception cref="WeaveException">This weaver understands the values otherwise than the one that wrote them (MS4005).</exception>
    public WeaverOptions ToOptions()
    {
        WeaverOptions options = OptionCatalog.Parse(Values, []);
        return OptionCatalog.ToSettingsText(options) == Text ? options : throw WeaverIdentity.OutOfDate();
    }
}
