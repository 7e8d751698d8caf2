using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemSentry.Cli.Reporting.Sarif;

/// <summary>Writes a log in the Static Analysis Results Interchange Format 2.1.0 (OASIS); the sections named below are those of its specification.</summary>
internal static class SarifDocument
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one run.</summary>
    public static void Write(IEnumerable<SarifResult> results, int exitCode, TextWriter output)
    {
        SarifResult[] all = [.. results];
        string[] rules = [.. all.Select(r => r.Rule).Distinct().Order(StringComparer.Ordinal)];
        var log = new JsonObject
        {
            ["$schema"] = Schema,
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject { ["driver"] = Driver(rules, all) },

                // 3.20: the exit codes 1 and 4 say something about the inputs, not about the tool.
                ["invocations"] = new JsonArray(new JsonObject { ["executionSuccessful"] = exitCode != ExitCode.Defect, ["exitCode"] = exitCode }),
                ["results"] = new JsonArray([.. all.Select(r => Result(r, Array.IndexOf(rules, r.Rule)))]),
                ["columnKind"] = "utf16CodeUnits",
            }),
        };
        output.WriteLine(log.ToJsonString(Indented));
    }

    /// <summary>3.19: the tool, with a rule for each code that occurs.</summary>
    private static JsonObject Driver(string[] rules, SarifResult[] results) => new()
    {
        ["name"] = "memsentry-weave",
        ["semanticVersion"] = typeof(SarifDocument).Assembly.GetName().Version!.ToString(3),
        ["rules"] = new JsonArray([.. rules.Select(rule => new JsonObject { ["id"] = rule, ["name"] = results.First(r => r.Rule == rule).RuleName })]),
    };

    /// <summary>3.27. What is no failure has the level "none" and says so by its kind (3.27.9, 3.27.10).</summary>
    private static JsonObject Result(SarifResult result, int rule)
    {
        var json = new JsonObject { ["ruleId"] = result.Rule, ["ruleIndex"] = rule };
        if (result.Level == "none")
            json["kind"] = "informational";
        json["level"] = result.Level;
        json["message"] = new JsonObject { ["text"] = result.Text };
        json["analysisTarget"] = Artifact(result.Assembly);
        json["locations"] = new JsonArray(Location(result));
        return json;
    }

    /// <summary>3.28: the source if it is known, otherwise the assembly.</summary>
    private static JsonObject Location(SarifResult result)
    {
        var physical = new JsonObject { ["artifactLocation"] = Artifact(result.Source?.File ?? result.Assembly) };
        if (result.Source is { } source)
            physical["region"] = new JsonObject { ["startLine"] = source.Line, ["startColumn"] = source.Column };
        var location = new JsonObject { ["physicalLocation"] = physical };
        if (result.Member is { } member)
            location["logicalLocations"] = new JsonArray(new JsonObject { ["fullyQualifiedName"] = member, ["kind"] = "member" });
        return location;
    }

    /// <summary>3.4: below the current folder a relative reference, elsewhere an absolute one.</summary>
    private static JsonObject Artifact(string path)
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return new JsonObject
        {
            ["uri"] = Path.IsPathRooted(relative) || relative.StartsWith("..", StringComparison.Ordinal)
                ? new UriBuilder(Uri.UriSchemeFile, "") { Path = Path.GetFullPath(path) }.Uri.AbsoluteUri
                : string.Join('/', relative.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString)),
        };
    }
}
