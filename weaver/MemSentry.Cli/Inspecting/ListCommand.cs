using System.CommandLine;
using MemSentry.Analysis.Options;
using MemSentry.Cli.Output;
using MemSentry.Cli.Weaving;
using MemSentry.Weaver.Inspection;

namespace MemSentry.Cli.Inspecting;

/// <summary>The command <c>list</c>: what a weave would find and decide, and whom it would trust. Changes nothing.</summary>
internal static class ListCommand
{
    private static readonly Argument<string[]> Inputs = AssemblySymbols.Inputs("Assemblies to look at (.dll or .exe), not woven yet.");

    private static readonly Option<bool> Whitelist = new("--whitelist")
    {
        Description = "List whitelisted members, their size and who calls them, and marked accesses, instead of access sites.",
    };

    private static readonly Option<ListFormat> Format = new("--format")
    {
        Description = "Columns for people, or JSON for programs. [default: table]",
        HelpName = "table|json",
        CustomParser = result => Parse(result.Tokens[0].Value, result),
    };

    private static readonly Option<string[]> References = AssemblySymbols.References();

    public static Command Create(MessageWriter messages)
    {
        IReadOnlyList<Option<string>> settings = [.. OptionCatalog.All.Select(SettingOption.Create)];
        var command = new Command("list", "Lists the access sites of assemblies with what a weave would do about each, or whom it would trust.") { Inputs, Whitelist, Format, References };
        foreach (Option<string> setting in settings)
            command.Add(setting);
        command.SetAction(parsed => Run(parsed, settings, messages));
        return command;
    }

    private static ListFormat Parse(string text, System.CommandLine.Parsing.ArgumentResult result)
    {
        switch (text.ToUpperInvariant())
        {
            case "TABLE":
                return ListFormat.Table;
            case "JSON":
                return ListFormat.Json;
            default:
                result.AddError($"--format cannot be '{text}'; it can be table, json.");
                return default;
        }
    }

    private static int Run(ParseResult parsed, IReadOnlyList<Option<string>> settings, MessageWriter messages)
    {
        if (InspectionOptions.Read(parsed, settings, messages) is not { } options)
            return ExitCode.WrongCommandLine;

        var run = new InspectionRun(options, parsed.GetValue(References) ?? [], messages);
        IReadOnlyList<string> inputs = [.. parsed.GetRequiredValue(Inputs).Distinct()];
        bool json = parsed.GetValue(Format) == ListFormat.Json;
        return parsed.GetValue(Whitelist)
            ? run.Print(inputs, AssemblyInspection.Trust, json ? TrustJson.Write : TrustTable.Write)
            : run.Print(inputs, AssemblyInspection.Sites, json ? SiteJson.Write : SiteTable.Write);
    }
}
