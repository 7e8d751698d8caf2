namespace MemSentry.Analysis.Options;

/// <summary>One option: its name on every face, what it allows, and how its text becomes part of <see cref="WeaverOptions"/>.</summary>
/// <param name="Name">The name in FodyWeavers.xml, for example <c>ProtMethod</c>.</param>
/// <param name="Description">One sentence for help, schema and documentation.</param>
/// <param name="AllowedValues">The values a user may write; empty for free text.</param>
/// <param name="DefaultValue">What holds when nothing is said; empty for "none".</param>
/// <param name="Apply">Returns the options with the value set. Called with an allowed value only.</param>
/// <param name="Format">The value in force, as text.</param>
public sealed record OptionDescriptor(
    string Name,
    string Description,
    IReadOnlyList<string> AllowedValues,
    string DefaultValue,
    Func<WeaverOptions, string, WeaverOptions> Apply,
    Func<WeaverOptions, string> Format)
{
    /// <summary>Values that one could expect but that are not offered, each with the words that say why and what to do instead.</summary>
    public IReadOnlyDictionary<string, string> Refused { get; init; } = new Dictionary<string, string>();

    /// <summary>What is wrong with a text, as the end of a sentence; <see langword="null"/> if nothing is.</summary>
    public Func<string, string?> Reject { get; init; } = _ => null;

    /// <summary>Whether the stamp of a woven assembly tells the value: of options that decide about its code, not of those about other assemblies.</summary>
    public bool IsStamped { get; init; } = true;

    /// <summary>Whether the value decides about anything under the other options: one that does not is not stamped.</summary>
    public Func<WeaverOptions, bool> Concerns { get; init; } = _ => true;

    /// <summary>Whether the command line's form has no value: to say it is to say <c>true</c>.</summary>
    public bool IsFlag { get; init; }

    /// <summary>The name as an MSBuild property, for example <c>MemSentryProtMethod</c>.</summary>
    public string PropertyName => "MemSentry" + Name;

    /// <summary>The name on the command line, for example <c>--prot-method</c>.</summary>
    public string CommandLineName =>
        "--" + string.Concat(Name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
}
