using MemSentry.Analysis.Options;

namespace MemSentry.Cli.Tests;

public class CommandLineTests
{
    private WorkFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new WorkFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase]
    [TestCase("wave")]
    [TestCase("weave")]
    [TestCase("weave", "in.dll", "--outptu", "out")]
    [TestCase("weave", "in.dll", "--output")]
    [TestCase("weave", "in.dll", "--output", "")]
    [TestCase("weave", "", "--in-place")]
    [TestCase("weave", "in.dll", "--in-place", "--reference", "missing-folder")]
    [TestCase("doctor", "what")]
    public void A_command_line_that_makes_no_sense_exits_with_2_and_names_help(params string[] arguments) =>
        ExpectOneSentence(CliProcess.Run(arguments), "MS1020", "--help");

    [TestCase("--rw", "x", "r, w, rw")]
    [TestCase("--prot-method", "mpy", "mpx")]
    [TestCase("--verify-external-call-args", "maybe", "true, false")]
    public void A_wrong_option_value_exits_with_2_and_lists_the_allowed_ones(string option, string value, string allowed)
    {
        string input = _folder.Library("Input");
        ExpectOneSentence(CliProcess.Run("weave", input, "--output", _folder["out"], option, value), "MS1001", allowed);
    }

    [Test]
    public void Without_a_place_for_the_output_the_user_learns_both_ways_to_name_one() =>
        ExpectOneSentence(CliProcess.Run("weave", _folder.Library("Input")), "MS1021", "--output DIR", "--in-place");

    [Test]
    public void Output_and_in_place_contradict_each_other() =>
        ExpectOneSentence(CliProcess.Run("weave", _folder.Library("Input"), "--in-place", "--output", _folder["out"]), "MS1021", "contradict");

    [Test]
    public void Several_inputs_do_not_fit_into_one_file() =>
        ExpectOneSentence(CliProcess.Run("weave", _folder.Library("A"), _folder.Library("B"), "--output", _folder["out.dll"]), "MS1022", "folder");

    [Test]
    public void An_input_is_not_replaced_by_accident()
    {
        string input = _folder.Library("Input");
        ExpectOneSentence(CliProcess.Run("weave", input, "--output", Path.GetDirectoryName(input)!), "MS1023", "--in-place");
    }

    [Test]
    public void Two_inputs_of_the_same_name_do_not_overwrite_each_other()
    {
        string first = _folder.Library("Input");
        Directory.CreateDirectory(_folder["other"]);
        File.Copy(first, _folder["other/Input.dll"]);
        ExpectOneSentence(CliProcess.Run("weave", first, _folder["other/Input.dll"], "--output", _folder["out"]), "MS1023", "different folders");
    }

    [Test]
    public void Help_names_every_option_of_the_catalogue_with_values_and_default()
    {
        CliResult help = CliProcess.Run("weave", "--help");

        Assert.That(help.ExitCode, Is.Zero, help.ToString());
        string text = string.Join(' ', help.Output);
        foreach (OptionDescriptor option in OptionCatalog.All)
        {
            Assert.That(text, Does.Contain(option.CommandLineName));
            Assert.That(text, Does.Contain(string.Join("|", option.AllowedValues)));
            Assert.That(text, Does.Contain($"[default: {(option.DefaultValue.Length == 0 ? "none" : option.DefaultValue)}]"));
        }
    }

    [Test]
    public void A_flag_takes_no_value()
    {
        CliResult result = CliProcess.Run("weave", "--no-optimize", _folder.Library("Input"), "--output", _folder["out"]);

        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(File.Exists(_folder["out/Input.dll"]));
    }

    [TestCase]
    [TestCase("weave")]
    public void Help_documents_the_exit_codes(params string[] command) =>
        Assert.That(string.Join(' ', CliProcess.Run([.. command, "--help"]).Output), Does.Contain("Exit codes:").And.Contains("3  A defect"));

    private void ExpectOneSentence(CliResult result, string code, params string[] words)
    {
        Assert.That(result.ExitCode, Is.EqualTo(2), result.ToString());
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Errors, Has.Count.EqualTo(1), result.ToString());
        Assert.That(result.Errors[0], Does.StartWith($"error {code}: ").And.EndsWith("."));
        foreach (string word in words)
            Assert.That(result.Errors[0], Does.Contain(word));
        Assert.That(Directory.Exists(_folder["out"]), Is.False);
    }
}
