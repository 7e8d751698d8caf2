using System.Text.Json;
using MemSentry.AccessTable;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Provenance;
using MemSentry.Cli.Inspecting;

namespace MemSentry.Cli.Tests;

public class ExplainTests
{
    private WorkFolder _folder = null!;
    private string _library = null!;

    [SetUp]
    public void CreateFolder()
    {
        _folder = new WorkFolder();
        _library = ReviewedLibrary.In(_folder);
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void The_check_stands_before_the_statement_and_the_decision_before_the_access_with_both_offsets()
    {
        CliResult result = Explain("Codec.Parser::Peek(System.Byte*)");
        Assert.That(result.Output, Is.EqualTo(new[]
        {
            "System.Byte Codec.Parser::Peek(System.Byte*)",
            "0x06000002: 3 bytes of IL before, 21 after",
            "before   after",
            "IL_0000  + ldarg.0",
            "IL_0001  + conv.u",
            "IL_0002  + ldc.i4.s 42",
            "IL_0004  + shr.un",
            "IL_0005  + ldc.i4.4",
            "IL_0006  + bne.un.s IL_0012",
            "IL_0008  + ldarg.0",
            "IL_0009  + conv.u",
            "IL_000a  + ldc.i4.1",
            "IL_000b  + ldc.i4.1",
            "IL_000c  + ldc.i4.1",
            "IL_000d  + call System.Void <MemSentry>::Throw(System.UIntPtr,System.Int32,System.Int32,System.Int32)",
            "IL_0000  IL_0012    ldarg.0",
            "// load, operand 0: checked before the statement, by a compare of the variable that it lies behind; a pointer or native integer parameter (pointer-parameter)",
            "//   from argument 0",
            "IL_0001  IL_0013    ldind.u1",
            "IL_0002  IL_0014    ret",
        }), result.ToString());
    }

    [TestCase("Parser::Peek", 2)]
    [TestCase("Codec.Parser::Peek", 2)]
    [TestCase("Parser::Peek(System.Byte*,System.Int64)", 1)]
    [TestCase("System.Byte Codec.Parser::Peek(System.Byte*)", 1)]
    public void All_overloads_are_shown_unless_one_is_named(string member, int shown) =>
        Assert.That(Explain(member).Output.Where(l => l.StartsWith("System.Byte Codec.Parser::Peek", StringComparison.Ordinal)), Has.Exactly(shown).Items);

    [Test]
    public void A_marker_is_shown_as_removed() =>
        Assert.That(Explain("Parser::Marked").Output, Has.Some.Match(@"^IL_0000 +- call System\.Void MemSentry\.MemSentryMarkers::SafeRegionAccess\(\)$")
            .And.Some.Contains("not checked, a marker call allows it"));

    [Test]
    public void A_whitelisted_member_is_said_to_stay_as_it_is() =>
        Assert.That(Explain("Keys::Store").Output, Has.Some.EqualTo("0x06000007: whitelisted, so it stays as it is; 8 bytes of IL")
            .And.Some.Contains("the member is whitelisted").And.None.Contains("  + "));

    [Test]
    public void Json_has_both_offsets_and_the_decision_in_the_words_of_lists()
    {
        using var document = JsonDocument.Parse(string.Join('\n', Explain("Codec.Parser::Peek(System.Byte*)", "--format", "json").Output));
        Assert.That(document.RootElement.GetProperty("format").GetString(), Is.EqualTo("memsentry-explanation"));
        JsonElement member = document.RootElement.GetProperty("members").EnumerateArray().Single();
        Assert.That(member.GetProperty("sizeBefore").GetInt32(), Is.EqualTo(3));
        Assert.That(member.GetProperty("whitelisted").GetBoolean(), Is.False);
        JsonElement[] lines = [.. member.GetProperty("lines").EnumerateArray()];
        Assert.That(lines.Count(l => l.TryGetProperty("before", out _)), Is.EqualTo(3));
        Assert.That(lines.All(l => l.TryGetProperty("after", out _)));
        JsonElement decision = lines.Single(l => l.TryGetProperty("decisions", out _)).GetProperty("decisions").EnumerateArray().Single();
        Assert.That(
            new[] { "kind", "decision", "reason" }.Select(p => decision.GetProperty(p).GetString()), Is.EqualTo(new[] { "load", "checked", "pointer-parameter" }));
        JsonElement origin = decision.GetProperty("chain").GetProperty("origins").EnumerateArray().Single();
        Assert.That((origin.GetProperty("kind").GetString(), origin.GetProperty("number").GetInt32()), Is.EqualTo(("parameter", 0)));
    }

    [Test]
    public void An_access_without_a_check_is_shown_with_the_facts_that_it_rests_on()
    {
        const string source = "public static unsafe class Pairs { public static int Sum(int* p) => p[0] + p[2]; }";
        string runtime = _folder["MemSentry.Runtime.dll"];
        _library = _folder.Library("Paired", source, runtime, Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.Runtime.dll"));

        Assert.That(Explain("Pairs::Sum").Output.Select(l => l.Trim()), Has.Some.EqualTo("//   checked at IL_0001; moved at IL_0007; 8 to 8 bytes from an address outside the block"));

        using var document = JsonDocument.Parse(string.Join('\n', Explain("Pairs::Sum", "--format", "json").Output));
        JsonElement decision = document.RootElement.GetProperty("members")[0].GetProperty("lines").EnumerateArray()
            .Where(l => l.TryGetProperty("decisions", out _)).Select(l => l.GetProperty("decisions")[0]).Last();
        Assert.That(decision.GetProperty("pass").GetString(), Is.EqualTo("displacement"));
        JsonElement chain = decision.GetProperty("chain");
        Assert.That(chain.GetProperty("facts").EnumerateArray().Select(f => (f.GetProperty("kind").GetString(), f.GetProperty("offset").GetInt32())), Is.EqualTo(new[] { ("check", 1) }));
        Assert.That(chain.GetProperty("steps").EnumerateArray().Select(s => s.GetInt32()), Is.EqualTo(new[] { 7 }));
        Assert.That(chain.GetProperty("distance").EnumerateArray().Select(d => d.GetInt64()), Is.EqualTo(new[] { 8L, 8L }));
    }

    [Test]
    public void A_call_that_gives_way_is_shown_as_removed_with_the_reason_and_what_takes_its_place_as_added()
    {
        const string source = """
            public static unsafe class Texts
            {
                static char At(char* p, int i) => p[i];
                public static int Length(char* p) { int i = 0; while (At(p, i) != 0) i++; return i; }
            }
            """;
        string runtime = _folder["MemSentry.Runtime.dll"];
        _library = _folder.Library("Accessors", source, runtime, Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.Runtime.dll"));

        string[] output = [.. Explain("Texts::Length").Output.Select(l => l.Trim())];

        int call = Array.FindIndex(output, l => l.EndsWith("- call System.Char Texts::At(System.Char*,System.Int32)", StringComparison.Ordinal));
        Assert.That(output[call], Does.Match(@"^IL_\w{4} +- call "), string.Join('\n', output));
        Assert.That(output[call - 1], Does.StartWith("// gives way to what the member does, which follows").And.EndWith("(accessors)"));
        Assert.That(output[(call + 1)..], Has.Some.Match(@"^IL_\w{4}  \+ conv\.i$").And.Some.Match(@"^IL_\w{4}  \+ ldind\.u2$"));
        Assert.That(output, Has.Some.StartsWith("//   checked on the way into the loop, for "));

        using var document = JsonDocument.Parse(string.Join('\n', Explain("Texts::Length", "--format", "json").Output));
        JsonElement[] lines = [.. document.RootElement.GetProperty("members")[0].GetProperty("lines").EnumerateArray()];
        JsonElement removed = lines.Single(l => l.TryGetProperty("gaveWayBy", out _));
        Assert.That((removed.GetProperty("gaveWayBy").GetString(), removed.TryGetProperty("after", out _)), Is.EqualTo(("accessors", false)));
    }

    [Test]
    public void A_load_that_gives_way_is_shown_as_removed_with_the_reason()
    {
        const string source = "public unsafe class Face { int* _p; public int Both(Face f) => *f._p - *f._p; }";
        string runtime = _folder["MemSentry.Runtime.dll"];
        _library = _folder.Library("Reloads", source, runtime, Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.Runtime.dll"));

        string[] output = [.. Explain("Face::Both").Output.Select(l => l.Trim())];

        int load = Array.FindIndex(output, l => l.EndsWith("- ldfld System.Int32* Face::_p", StringComparison.Ordinal));
        Assert.That(output[load - 1], Does.StartWith("// gives way to a variable").And.EndWith("(reloads)"), string.Join('\n', output));
        Assert.That(output[(load + 1)..], Has.Some.Match(@"^IL_\w{4}  \+ pop$").And.Some.Match(@"^IL_\w{4}  \+ ldloc"));
    }

    [Test]
    public void A_whitelisted_member_is_said_to_become_a_gate_under_a_method_of_windows()
    {
        const string source = "public static unsafe class Keys { static byte* _at; [MemSentry.SafeRegionAccess] public static void Store(byte value) => *_at = value; }";
        string runtime = _folder["MemSentry.Runtime.dll"];
        _library = _folder.Library("Gated", source, runtime, Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.Runtime.dll"));

        IReadOnlyList<string> output = Explain("Keys::Store", "--prot-method", "mprotect").Output;

        Assert.That(output, Has.Some.Contains("whitelisted, so it opens the window for its body"));
        Assert.That(output, Has.Some.Match(@"^IL_\w+ +\+ call .*Window::Enter"));
    }

    [Test]
    public void A_member_without_IL_is_shown_as_such() =>
        Assert.That(Explain("IKeys::First").Output, Has.Some.EndsWith("no IL, so nothing to weave"));

    [TestCase("Parser::Pek", "'Codec.Parser::Peek'")]
    [TestCase("parser::peek", "'Codec.Parser::Peek'")]
    [TestCase("arser::Peek", "'Codec.Parser::Peek'")]
    [TestCase("Peek", "'Codec.Parser::Peek'")]
    public void A_member_that_does_not_exist_costs_one_sentence_with_near_names(string member, string near)
    {
        CliResult result = CliProcess.Run("explain", _library, member);
        Assert.That(result.ExitCode, Is.EqualTo(2), result.ToString());
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Errors, Has.Count.EqualTo(1));
        Assert.That(result.Errors[0], Does.StartWith("error MS1024: ").And.Contain(member).And.Contain(near).And.EndsWith("."));
    }

    [Test]
    public void A_file_that_is_no_assembly_is_refused_like_by_weave()
    {
        CliResult result = CliProcess.Run("explain", _folder.File("bad.dll", "no"u8), "A::B");
        Assert.That(result.ExitCode, Is.EqualTo(1), result.ToString());
        Assert.That(result.Errors, Has.Count.EqualTo(1));
        Assert.That(result.Errors[0], Does.StartWith("error MS2001: "));
    }

    [Test]
    public void Every_kind_decision_and_reason_has_words()
    {
        Assert.That(Enum.GetValues<AccessKind>().Where(k => !DecisionText.Describes(k)), Is.Empty);
        Assert.That(Enum.GetValues<AccessVerdict>().Where(v => !DecisionText.Describes(v)), Is.Empty);
        Assert.That(Enum.GetValues<AddressOrigin>().Where(o => !OriginText.Describes(o)), Is.Empty);
        Assert.That(ChainText.DescribesAll);
    }

    private CliResult Explain(string member, params string[] options)
    {
        CliResult result = CliProcess.Run(["explain", _library, member, .. options]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Errors, Is.Empty);
        Assert.That(string.Concat(result.Output), Does.Not.Contain('\u001b'));
        return result;
    }
}
