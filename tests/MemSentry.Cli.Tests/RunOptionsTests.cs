namespace MemSentry.Cli.Tests;

/// <summary>Options about the run itself: response files, dry runs, exit codes, number of workers.</summary>
public class RunOptionsTests
{
    private WorkFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new WorkFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void A_dry_run_says_what_would_happen_and_writes_nothing([Values("--output", "--in-place")] string where)
    {
        string input = _folder.DebugLibrary("Input");
        IReadOnlyList<string> before = _folder.Content;
        string[] destination = where == "--output" ? [where, _folder["out"]] : [where];

        CliResult dry = CliProcess.Run(["weave", input, "--dry-run", .. destination]);

        Assert.That(dry.ExitCode, Is.Zero, dry.ToString());
        Assert.That(dry.Output.Single(), Does.Match(@"^Input\.dll: \d+ accesses, \d+ proven, [1-9]\d* checks \(dry run, nothing written\) "));
        Assert.That(_folder.Content, Is.EqualTo(before));
    }

    [Test]
    public void With_verbose_each_kind_of_proof_tells_how_many_checks_it_saved()
    {
        string input = _folder.Library("Input", "public static unsafe class Pairs { public static int Sum(int* p) => p[0] + p[2]; }");

        CliResult dry = CliProcess.Run("weave", input, "--dry-run", "--in-place", "--verbose");

        Assert.That(dry.Output, Has.Some.EqualTo("Input.dll: left without a check of their own by displacement 1, evidence 0, hoisting 0, masked-bases 0, accessors 0, reloads 0, summaries 0"), dry.ToString());
    }

    [Test]
    public void A_dry_run_finds_what_the_weave_would_refuse() =>
        Assert.That(CliProcess.Run("weave", _folder.File("bad.dll", "no"u8), "--dry-run", "--in-place").ExitCode, Is.EqualTo(1));

    [Test]
    public void A_response_file_holds_arguments_line_by_line_with_comments()
    {
        string input = _folder.Library("Input");
        string arguments = _folder.File("all.rsp", System.Text.Encoding.UTF8.GetBytes($"# what is woven\n{input}\n--output\n{_folder["out"]}\n--rw w\n"));
        CliResult result = CliProcess.Run("weave", "@" + arguments);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(File.Exists(_folder["out/Input.dll"]));
    }

    [Test]
    public void A_response_file_that_is_missing_exits_with_2()
    {
        CliResult result = CliProcess.Run("weave", "@" + _folder["missing.rsp"], "--in-place");
        Assert.That(result.ExitCode, Is.EqualTo(2), result.ToString());
        Assert.That(result.Errors.Single(), Does.StartWith("error MS1020: ").And.Contain("missing.rsp"));
    }

    [Test]
    public void A_warning_changes_the_exit_code_only_if_that_is_asked_for()
    {
        string input = _folder.DebugLibrary("Input");
        File.WriteAllText(_folder["Input.pdb"], "no symbols");

        Assert.That(CliProcess.Run("weave", input, "--output", _folder["out"]).ExitCode, Is.Zero);
        Assert.That(CliProcess.Run("weave", input, "--output", _folder["out"], "--fail-on", "warning").ExitCode, Is.EqualTo(4));
        Assert.That(CliProcess.Run("weave", input, "--output", _folder["out"], "--fail-on", "unwoven", "--fail-on", "refused").ExitCode, Is.Zero);
        Assert.That(CliProcess.Run("list", input, "--fail-on", "WARNING").ExitCode, Is.EqualTo(4));
    }

    [Test]
    public void A_refused_input_weighs_more_than_a_condition() => Assert.That(
        CliProcess.Run("weave", _folder.File("bad.dll", "no"u8), "--output", _folder["out"], "--fail-on", "warning").ExitCode, Is.EqualTo(1));

    [TestCase("--fail-on", "everything", "refused, warning, unwoven")]
    [TestCase("--format", "xml", "table, json, sarif, markdown")]
    [TestCase("--jobs", "0", "1 to 1024")]
    [TestCase("--jobs", "many", "1 to 1024")]
    public void A_wrong_value_exits_with_2_and_lists_the_allowed_ones(string option, string value, string allowed)
    {
        CliResult result = CliProcess.Run("weave", _folder.Library("Input"), "--in-place", option, value);
        Assert.That(result.ExitCode, Is.EqualTo(2), result.ToString());
        Assert.That(result.Errors.Single(), Does.StartWith("error MS1020: ").And.Contain(allowed).And.Contain($"'{value}'"));
    }

    [Test]
    public void Many_inputs_are_told_of_in_the_order_of_the_command_line_whatever_is_done_first()
    {
        string[] inputs = [.. Enumerable.Range(0, 12).Select(i => i % 4 == 3 ? _folder.File($"L{i:d2}.dll", "no"u8) : _folder.Library($"L{i:d2}"))];
        CliResult result = CliProcess.Run(["weave", .. inputs, "--output", _folder["out"], "--jobs", "6"]);

        Assert.That(result.ExitCode, Is.EqualTo(1), result.ToString());
        Assert.That(result.Errors, Has.Count.EqualTo(3));
        Assert.That(result.Errors.Select(e => Path.GetFileName(e.Split('\'')[1])), Is.EqualTo(new[] { "L03.dll", "L07.dll", "L11.dll" }));
        Assert.That(result.Output.Take(9).Select(l => l.Split(':')[0]), Is.Ordered.And.Unique);
        Assert.That(Directory.GetFiles(_folder["out"]), Has.Length.EqualTo(9));
    }
}
