using System.Text.Json;
using MemSentry.AccessTable;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Provenance;
using MemSentry.Cli.Inspecting;

namespace MemSentry.Cli.Tests;

public class ListTests
{
    private WorkFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new WorkFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Json_has_every_access_whatever_the_decision_in_order_of_token_and_offset()
    {
        JsonElement assembly = ListJson(ReviewedLibrary.In(_folder));
        string[] accesses = [.. assembly.GetProperty("sites").EnumerateArray().Where(s => Text(s, "kind") is "load" or "store").Select(Line)];
        Assert.That(accesses, Is.EqualTo(new[]
        {
            "System.Byte Codec.Parser::Peek(System.Byte*,System.Int64) 4 ldind.u1 load 0 checked arithmetic",
            "System.Byte Codec.Parser::Peek(System.Byte*) 1 ldind.u1 load 0 checked pointer-parameter",
            "System.Void Codec.Parser::Clear(System.Int32&) 2 stind.i4 store 1 proven reference-parameter",
            "System.Int64 Codec.Parser::Marked(System.Int64*) 6 ldind.i8 load 0 trusted pointer-parameter",
            "System.Byte Codec.Keys::First() 5 ldind.u1 load 0 whitelisted loaded-from-memory",
            "System.Void Codec.Keys::Store(System.Byte) 6 stind.i1 store 1 whitelisted loaded-from-memory",
        }));
        Assert.That(Text(assembly, "settings"), Does.StartWith("ProtMethod=mpx;Rw=rw;"));
        Assert.That(assembly.GetProperty("sites").EnumerateArray().Select(s => (Text(s, "token"), s.GetProperty("offset").GetInt32())), Is.Ordered);
    }

    [Test]
    public void What_Rw_leaves_alone_is_listed_as_not_selected() =>
        Assert.That(
            ListJson(ReviewedLibrary.In(_folder), "--rw", "w").GetProperty("sites").EnumerateArray().Select(Line),
            Has.Some.EqualTo("System.Byte Codec.Parser::Peek(System.Byte*) 1 ldind.u1 load 0 not-selected pointer-parameter"));

    [Test]
    public void With_sfi_pointers_are_masked_and_with_none_everything_is_listed_as_unprotected()
    {
        string library = ReviewedLibrary.In(_folder);
        Assert.That(Decisions("sfi"), Is.EqualTo(new[] { "masked", "masked", "proven", "trusted", "whitelisted", "whitelisted" }));
        Assert.That(Decisions("none"), Is.EqualTo(new[] { "unprotected", "unprotected", "unprotected", "unprotected", "whitelisted", "whitelisted" }));

        IEnumerable<string> Decisions(string method) => ListJson(library, "--prot-method", method).GetProperty("sites").EnumerateArray()
            .Where(s => Text(s, "kind") is "load" or "store").Select(s => Text(s, "decision"));
    }

    [Test]
    public void The_table_has_a_line_a_site_and_a_sum()
    {
        CliResult result = CliProcess.Run("list", ReviewedLibrary.In(_folder));
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Output, Has.Some.Match(@"^IL_0004 +ldind\.u1 +load +0 +checked +arithmetic +System\.Byte Codec\.Parser::Peek\(System\.Byte\*,System\.Int64\)$"));
        Assert.That(result.Output[^1], Does.Match(@"^Codec: \d+ sites, 2 checked, \d+ proven, 1 trusted, \d+ whitelisted$"));
        Assert.That(string.Concat(result.Output), Does.Not.Contain('\u001b'));
    }

    [Test]
    public void The_whitelist_says_size_visibility_and_callers()
    {
        JsonElement assembly = ListJson(ReviewedLibrary.In(_folder), "--whitelist");
        string[] members = [.. assembly.GetProperty("members").EnumerateArray().Select(m =>
            $"{Text(m, "member")} {m.GetProperty("codeSize").GetInt32()} {(m.GetProperty("visibleOutside").GetBoolean() ? "outside" : "inside")}: {string.Join(", ", m.GetProperty("callers").EnumerateArray().Select(Caller))}")];
        Assert.That(members, Is.EqualTo(new[]
        {
            "System.Byte Codec.Keys::First() 7 outside: System.Byte Codec.Callers::ThroughInterface(Codec.IKeys) 1 callvirt through Codec.IKeys::First()",
            "System.Void Codec.Keys::Store(System.Byte) 8 inside: System.Void Codec.Callers::Direct(System.Byte) 1 call, System.Action`1<System.Byte> Codec.Callers::AsDelegate() 10 ldftn",
            "System.Byte Codec.Keys::Unused() 2 inside: ",
        }));
        Assert.That(
            assembly.GetProperty("markedAccesses").EnumerateArray().Select(Line),
            Is.EqualTo(new[] { "System.Int64 Codec.Parser::Marked(System.Int64*) 6 ldind.i8 load 0 trusted pointer-parameter" }));
    }

    [Test]
    public void The_whitelist_in_columns_names_each_caller()
    {
        CliResult result = CliProcess.Run("list", "--whitelist", ReviewedLibrary.In(_folder));
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Output, Has.Some.Match(@"^8 +inside +System\.Void Codec\.Keys::Store\(System\.Byte\)$"));
        Assert.That(result.Output, Has.Some.EqualTo("call in System.Void Codec.Callers::Direct(System.Byte) at IL_0001"));
        Assert.That(result.Output, Has.Some.EqualTo("marked access: load by ldind.i8 at IL_0006 of System.Int64 Codec.Parser::Marked(System.Int64*)"));
        Assert.That(result.Output[^1], Is.EqualTo("Codec: 3 whitelisted members with 17 bytes of IL, 1 marked accesses"));
    }

    [Test]
    public void A_bad_input_costs_only_itself_and_the_document_stays_whole()
    {
        CliResult result = CliProcess.Run("list", _folder.File("bad.dll", "no"u8), _folder.Library("Good"), "--format", "json");
        Assert.That(result.ExitCode, Is.EqualTo(1), result.ToString());
        Assert.That(result.Errors, Has.Count.EqualTo(1));
        Assert.That(result.Errors[0], Does.StartWith("error MS2001: ").And.Contain("bad.dll"));
        using JsonDocument document = JsonDocument.Parse(string.Join('\n', result.Output));
        Assert.That(document.RootElement.GetProperty("assemblies").EnumerateArray().Select(a => Text(a, "assembly")), Is.EqualTo(new[] { "Good" }));
    }

    [TestCase("list")]
    [TestCase("list", "in.dll", "--format", "xml")]
    [TestCase("list", "in.dll", "--formt", "json")]
    [TestCase("explain", "in.dll")]
    [TestCase("explain", "in.dll", "A::B", "C::D")]
    public void A_command_line_that_makes_no_sense_exits_with_2(params string[] arguments)
    {
        CliResult result = CliProcess.Run(arguments);
        Assert.That(result.ExitCode, Is.EqualTo(2), result.ToString());
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Errors, Has.Count.EqualTo(1), result.ToString());
        Assert.That(result.Errors[0], Does.StartWith("error MS1020: ").And.EndsWith("."));
    }

    [Test]
    public void A_wrong_option_value_exits_with_2_like_that_of_weave()
    {
        CliResult result = CliProcess.Run("list", _folder.Library("Input"), "--rw", "x");
        Assert.That(result.ExitCode, Is.EqualTo(2), result.ToString());
        Assert.That(result.Errors, Has.Count.EqualTo(1));
        Assert.That(result.Errors[0], Does.StartWith("error MS1001: ").And.Contain("r, w, rw"));
    }

    [Test]
    public void The_format_document_names_every_kind_decision_and_reason()
    {
        string text = File.ReadAllText(Path.Combine(DocumentationTests.Root, "docs", "list-format.md"));
        IEnumerable<string> names = Enum.GetValues<AccessKind>().Select(Wording.Name)
            .Concat(Enum.GetValues<AccessVerdict>().Select(Wording.Name))
            .Concat(Enum.GetValues<AddressOrigin>().Select(Wording.Name));
        Assert.That(names.Where(n => !text.Contains($"| `{n}` |", StringComparison.Ordinal)), Is.Empty);
    }

    private static JsonElement ListJson(string assembly, params string[] options)
    {
        CliResult result = CliProcess.Run(["list", assembly, "--format", "json", .. options]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Errors, Is.Empty);
        using JsonDocument document = JsonDocument.Parse(string.Join('\n', result.Output));
        Assert.That(document.RootElement.GetProperty("version").GetInt32(), Is.EqualTo(1));
        return document.RootElement.GetProperty("assemblies").EnumerateArray().Single().Clone();
    }

    private static string Line(JsonElement site) =>
        $"{Text(site, "member")} {site.GetProperty("offset")} {Text(site, "opcode")} {Text(site, "kind")} {site.GetProperty("operand")} {Text(site, "decision")} {Text(site, "reason")}";

    private static string Caller(JsonElement caller) =>
        $"{Text(caller, "member")} {caller.GetProperty("offset")} {Text(caller, "opcode")}{(caller.TryGetProperty("through", out JsonElement through) ? $" through {through}" : "")}";

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;
}
