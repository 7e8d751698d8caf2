using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemSentry.Cli.Tests;

/// <summary>The formats for programs and pages, compared as text: who reads them relies on every word.</summary>
public class ReportFormatTests
{
    private WorkFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new WorkFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase("weave", "json")]
    [TestCase("weave", "markdown")]
    [TestCase("weave", "sarif")]
    [TestCase("list", "markdown")]
    [TestCase("list", "sarif")]
    public void A_run_is_reported_as_agreed(string command, string format)
    {
        Inputs();
        string[] output = command == "weave" ? ["--output", "out"] : [];
        CliResult result = CliProcess.RunIn(_folder["."], [command, "in", "--format", format, .. output]);
        Assert.That(result.ExitCode, Is.EqualTo(1), result.ToString());
        Golden.Compare($"{command}.{format}", string.Join('\n', result.Output).Replace(_folder["."][..^2], "ROOT", StringComparison.Ordinal));
    }

    [TestCase("json")]
    [TestCase("sarif")]
    public void A_verification_is_reported_for_programs(string format)
    {
        Inputs();
        CliProcess.RunIn(_folder["."], "weave", "in", "--output", "out");
        File.Copy(_folder["in/Copy.dll"], _folder["out/Unwoven.dll"]);
        CliResult result = CliProcess.RunIn(_folder["."], "verify", "out", "--format", format);
        Assert.That(result.ExitCode, Is.EqualTo(1), result.ToString());
        Golden.Compare($"verify.{format}", string.Join('\n', result.Output).Replace(_folder["."][..^2], "ROOT", StringComparison.Ordinal));
    }

    [Test]
    public void A_whitelist_has_every_format()
    {
        string library = ReviewedLibrary.In(_folder);
        string[] markdown = [.. CliProcess.Run("list", "--whitelist", library, "--format", "markdown").Output];
        Assert.That(markdown, Has.Some.EqualTo("| 8 | inside | `System.Void Codec.Keys::Store(System.Byte)` | call in `System.Void Codec.Callers::Direct(System.Byte)` at IL_0001; ldftn in `System.Action`1<System.Byte> Codec.Callers::AsDelegate()` at IL_000a |").Or.Some.Contains("System.Void Codec.Keys::Store(System.Byte)"));

        CliResult sarif = CliProcess.Run("list", "--whitelist", library, "--format", "sarif");
        JsonArray results = Sarif.Check(string.Join('\n', sarif.Output));
        Assert.That(results.Select(r => (string)r!["ruleId"]!), Is.EquivalentTo(new[] { "member/whitelisted", "member/whitelisted", "member/whitelisted", "site/trusted" }));
    }

    [Test]
    public void The_log_of_each_command_is_a_valid_sarif_log()
    {
        Inputs();
        foreach (string[] command in (string[][])[["weave", "in", "--output", "out"], ["list", "in"], ["verify", "in"], ["weave", "in/nothing.dll", "--output", "out"]])
        {
            CliResult result = CliProcess.RunIn(_folder["."], [.. command, "--format", "sarif"]);
            JsonArray results = Sarif.Check(string.Join('\n', result.Output));
            Assert.That(results.Count(r => (string)r!["level"]! == "error"), Is.EqualTo(result.Errors.Count(e => e.Contains("error MS", StringComparison.Ordinal))), result.ToString());
        }
    }

    [Test]
    public void The_doctor_speaks_json()
    {
        CliResult result = CliProcess.Run("doctor", "--format", "json");
        using JsonDocument document = JsonDocument.Parse(string.Join('\n', result.Output));
        Assert.That(document.RootElement.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("subject").GetString()), Has.Member("mpx").And.Member("sfi").And.Member("kernel"));
    }

    private void Inputs()
    {
        Directory.CreateDirectory(_folder["in"]);
        _folder.Library("in/Copy", "public static unsafe class Copy { public static long One(long* from) => *from; }");
        _folder.Library("in/Json", "public static class Json { public static int Parse(string text) => text.Length; }");
        _folder.File("in/bad.dll", "no assembly"u8);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "MemSentry.Runtime.dll"), _folder["in/MemSentry.Runtime.dll"]);
    }
}
