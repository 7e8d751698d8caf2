using System.Text.Json.Nodes;
using MemSentry.Startup;

namespace MemSentry.Runtime.Tests;

public sealed class FallbackTests
{
    private const string Loud = "MemSentry: SAFE REGIONS ARE NOT PROTECTED (MEMSENTRY_FALLBACK=unprotected). ";

    [TestCase(null, ExpectedResult = "Refuse")]
    [TestCase("", ExpectedResult = "Refuse")]
    [TestCase("refuse", ExpectedResult = "Refuse")]
    [TestCase(" Unprotected ", ExpectedResult = "Unprotected")]
    [TestCase("mprotect", ExpectedResult = "Mprotect")]
    [TestCase("Crypt", ExpectedResult = "Crypt")]
    public string A_known_value_is_read(string? text)
    {
        (FallbackChoice choice, Refusal? wrong) = Fallback.Parse(text);
        Assert.That(wrong, Is.Null);
        return choice.ToString();
    }

    [Test]
    [Covers(RuntimeCode.FallbackUnknown)]
    public void An_unknown_value_is_refused() => ExpectRefusal(
        "open", "SafeRegionException: MS7012: The fallback 'open' does not exist; set MEMSENTRY_FALLBACK to refuse, mprotect, crypt or unprotected.");

    [Test]
    public void Unprotected_regions_of_an_unwoven_process_live_in_the_block_and_the_process_says_so() =>
        ExpectUnprotected(new Probe("allocate-unwoven"), inBlock: true, "MS7011: ");

    [Test]
    public void Unprotected_overrides_another_layout_aloud() =>
        ExpectUnprotected(new Probe("start-with-layout", "2"), inBlock: true, "MS7009: ");

    [Test]
    public void Unprotected_regions_beside_a_stranger_live_in_ordinary_memory() => ExpectUnprotected(
        new Probe("start-beside-stranger", $"{AddressSpaceLayout.ArenaStart:x}", Probe.Assembly), inBlock: false, "MS7007: ");

    [Test]
    public void Unprotected_regions_beside_another_layout_live_in_ordinary_memory() =>
        ExpectUnprotected(new Probe("start-beside-other-layout", "9"), inBlock: false, "MS7010: ");

    [Test]
    public void Unprotected_regions_under_ulimit_live_in_ordinary_memory() => ExpectUnprotected(
        new Probe("start") { ShellSetup = "ulimit -v 20000000", Environment = { ["DOTNET_GCHeapHardLimit"] = "0x4000000" } },
        inBlock: false, "MS7006: ");

    [TestCase("windows", false, "MS7001: ")]
    [TestCase("arm64", false, "MS7002: ")]
    [TestCase("musl", true, "MS7003: ")]
    public void Unprotected_regions_of_another_machine_live_where_they_can(string machine, bool inBlock, string refusal) =>
        ExpectUnprotected(new Probe("start-on-other-machine", machine), inBlock, refusal);

    [Test]
    public void The_fallback_changes_nothing_where_protection_works()
    {
        ChildResult child = new Probe("start") { Environment = { ["MEMSENTRY_FALLBACK"] = "unprotected" } }.Run();

        Assert.That(child.Output, Does.Contain("MemSentry: protecting"));
        Assert.That(child.Error, Is.Empty);
    }

    [TestCase(null, 0)]
    [TestCase("refuse", ChildResult.Refused)]
    public void The_knob_holds_unless_the_environment_says_otherwise(string? environment, int exitCode)
    {
        string file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():n}.runtimeconfig.json");
        JsonNode configuration = JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(Probe.Assembly, ".runtimeconfig.json")))!;
        var properties = configuration["runtimeOptions"]!["configProperties"] as JsonObject ?? [];
        properties["MemSentry.Fallback"] = "unprotected";
        configuration["runtimeOptions"]!["configProperties"] = properties.DeepClone();
        File.WriteAllText(file, configuration.ToJsonString());
        try
        {
            var probe = new Probe("allocate-unwoven") { RuntimeConfig = file };
            if (environment is not null)
            {
                probe.Environment["MEMSENTRY_FALLBACK"] = environment;
            }

            Assert.That(probe.Run().ExitCode, Is.EqualTo(exitCode));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void ExpectRefusal(string value, string message)
    {
        ChildResult child = new Probe("start") { Environment = { ["MEMSENTRY_FALLBACK"] = value } }.Run();

        Assert.That((child.ExitCode, child.Output), Is.EqualTo((ChildResult.Refused, message)));
    }

    private static void ExpectUnprotected(Probe probe, bool inBlock, string refusal)
    {
        probe.Environment["MEMSENTRY_FALLBACK"] = "unprotected";
        ChildResult child = probe.Run();

        Assert.That(child.ExitCode, Is.Zero, child.Error);
        Assert.That(child.Error, Does.StartWith(Loud + refusal));
        Assert.That(child.Error, Does.Not.Contain("\n"), "said once");
        Assert.That(child.Output, Does.StartWith($"region in block: {inBlock}\nMemSentry: NOT PROTECTING"));
        Assert.That(child.Output, Does.Contain($"fallback 'unprotected' in force because of {refusal[..6]}"));
    }
}
