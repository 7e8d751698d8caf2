namespace MemSentry.Fuzzing.Generation.CSharp;

/// <summary>Fills the gaps of the vocabulary's C#.</summary>
internal static class Template
{
    /// <summary>A template with one kind of gap filled.</summary>
    public static string With(this string template, string gap, string text) => template.Replace("{" + gap + "}", text, StringComparison.Ordinal);
}
