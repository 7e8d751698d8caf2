using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MemSentry.Cli.Inspecting;

namespace MemSentry.Cli.Reporting;

/// <summary>A run as JSON; docs/cli.md explains the properties.</summary>
internal static class RunJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(RunReport report, TextWriter output) => output.WriteLine(new JsonObject
    {
        ["format"] = $"memsentry-{report.Command}",
        ["version"] = 1,
        ["exitCode"] = report.ExitCode,
        ["inputs"] = new JsonArray([.. report.Outcomes.Select(Input)]),
        ["skipped"] = new JsonArray([.. report.Skipped.Select(s => new JsonObject { ["file"] = s.Input.File, ["reason"] = Wording.Name(s.Reason) })]),
    }.ToJsonString(Indented));

    private static JsonObject Input(InputOutcome outcome)
    {
        var json = new JsonObject { ["file"] = outcome.Input.File, ["status"] = Wording.Name(outcome.Status) };
        if (outcome.Output is { } output)
            json["output"] = output;
        foreach ((string name, int count) in outcome.Counts)
            json[name] = count;
        if (outcome.Passes.Count > 0)
            json["passes"] = new JsonObject(outcome.Passes.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));
        json["messages"] = new JsonArray([.. outcome.Messages.Select(Message)]);
        return json;
    }

    private static JsonObject Message(ReportMessage message)
    {
        var json = new JsonObject { ["code"] = message.Code, ["severity"] = Wording.Name(message.Severity), ["text"] = message.Text };
        if (message.Member is { } member)
            json["member"] = member;
        if (message.Source is { } source)
            (json["source"], json["line"], json["column"]) = (source.File, source.Line, source.Column);
        return json;
    }
}
