using System.Text.Json.Nodes;

namespace MemSentry.Cli.Tests;

/// <summary>What SARIF 2.1.0 demands of the parts of a log that we write; the numbers are sections of the specification.</summary>
internal static class Sarif
{
    private static readonly string[] Levels = ["none", "note", "warning", "error"];

    /// <summary>Checks a log and returns its results.</summary>
    public static JsonArray Check(string text)
    {
        JsonNode log = JsonNode.Parse(text)!;
        Assert.That((string)log["version"]!, Is.EqualTo("2.1.0"), "3.13.2");
        Assert.That(Uri.IsWellFormedUriString((string)log["$schema"]!, UriKind.Absolute), "3.13.3");
        JsonNode run = log["runs"]!.AsArray().Single()!;
        JsonNode driver = run["tool"]!["driver"]!;
        Assert.That((string)driver["name"]!, Is.Not.Empty, "3.19.8");
        JsonArray rules = driver["rules"]!.AsArray();
        Assert.That(rules.Select(r => (string)r!["id"]!), Is.Unique, "3.19.23");
        Assert.That(run["invocations"]!.AsArray().Single()!["executionSuccessful"]!.GetValue<bool>(), Is.TypeOf<bool>(), "3.20.14");

        JsonArray results = run["results"]!.AsArray();
        foreach (JsonNode? result in results)
            Check(result!, rules);
        return results;
    }

    private static void Check(JsonNode result, JsonArray rules)
    {
        int rule = (int)result["ruleIndex"]!;
        Assert.That((string)rules[rule]!["id"]!, Is.EqualTo((string)result["ruleId"]!), "3.27.6");
        Assert.That((string)result["message"]!["text"]!, Is.Not.Empty, "3.27.11");
        string level = (string)result["level"]!;
        Assert.That(Levels, Has.Member(level), "3.27.10");
        if (result["kind"] is { } kind && (string)kind! != "fail")
            Assert.That(level, Is.EqualTo("none"), "3.27.9");

        JsonNode location = result["locations"]!.AsArray().Single()!;
        foreach (JsonNode artifact in new[] { result["analysisTarget"]!, location["physicalLocation"]!["artifactLocation"]! })
            Assert.That(Uri.IsWellFormedUriString((string)artifact["uri"]!, UriKind.RelativeOrAbsolute), "3.4.3");
        if (location["physicalLocation"]!["region"] is { } region)
            Assert.That((int)region["startLine"]!, Is.Positive, "3.30.5");
        if (location["logicalLocations"] is JsonArray logical)
            Assert.That((string)logical.Single()!["fullyQualifiedName"]!, Is.Not.Empty, "3.33.5");
    }
}
