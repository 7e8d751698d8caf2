using System.CommandLine;
using MemSentry.Analysis.Options;

namespace MemSentry.Cli.Weaving;

/// <summary>Makes the command line's options out of <see cref="OptionCatalog"/>, so that there is no second list.</summary>
internal static class SettingOption
{
    /// <summary>The command-line forms of all options.</summary>
    public static IReadOnlyList<Option<string>> CreateAll() => [.. OptionCatalog.All.Select(Create)];

    /// <summary>The command-line form of one option.</summary>
    /// <remarks>The catalogue checks the value, not the parser: a wrong one gets the same code and the same words as in MSBuild.</remarks>
    private static Option<string> Create(OptionDescriptor descriptor)
    {
        string standard = descriptor.DefaultValue.Length == 0 ? "none" : descriptor.DefaultValue;
        return new Option<string>(descriptor.CommandLineName)
        {
            Description = $"{descriptor.Description} [default: {standard}]",
            Arity = descriptor.IsFlag ? ArgumentArity.Zero : ArgumentArity.ExactlyOne,
            HelpName = descriptor.AllowedValues.Count == 0 ? "TEXT" : string.Join("|", descriptor.AllowedValues),
        };
    }

    /// <summary>What the user said, under the catalogue's names; what he did not say keeps its default.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Said(ParseResult parsed, IReadOnlyList<Option<string>> options) =>
        from pair in OptionCatalog.All.Zip(options)
        let value = pair.First.IsFlag ? (parsed.GetResult(pair.Second) is null ? null : "true") : parsed.GetValue(pair.Second)
        where value is not null
        select KeyValuePair.Create(pair.First.Name, value);
}
