using System.Reflection;
using System.Text.RegularExpressions;

namespace MemSentry.Cli.Tests;

public class WeaveTests
{
    private const string Summary = @"^Input\.dll: \d+ accesses, \d+ proven, [1-9]\d* checks ";

    private WorkFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new WorkFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void One_input_goes_into_the_named_file_and_stays_as_it_was()
    {
        string input = _folder.Library("Input");
        byte[] before = File.ReadAllBytes(input);

        CliResult result = CliProcess.Run("weave", input, "--output", _folder["woven.dll"]);

        ExpectSuccess(result);
        Assert.That(IsWoven(_folder["woven.dll"]));
        Assert.That(File.ReadAllBytes(input), Is.EqualTo(before));
    }

    [Test]
    public void One_input_goes_into_the_named_folder_even_if_that_is_new()
    {
        ExpectSuccess(CliProcess.Run("weave", _folder.Library("Input"), "--output", _folder["new/out"]));
        Assert.That(IsWoven(_folder["new/out/Input.dll"]));
    }

    [Test]
    public void Debug_information_comes_along()
    {
        ExpectSuccess(CliProcess.Run("weave", _folder.DebugLibrary("Input"), "--output", _folder["out"]));
        Assert.That(File.Exists(_folder["out/Input.pdb"]));
    }

    [Test]
    public void In_place_replaces_the_input_and_leaves_nothing_else()
    {
        string input = _folder.Library("Input");
        ExpectSuccess(CliProcess.Run("weave", input, "--in-place"));
        Assert.That(IsWoven(input));
        Assert.That(_folder.Content, Has.Count.EqualTo(1));
    }

    [Test]
    public void An_input_that_is_named_twice_is_woven_once()
    {
        string input = _folder.Library("Input");
        ExpectSuccess(CliProcess.Run("weave", input, Path.Combine(Path.GetDirectoryName(input)!, ".", "Input.dll"), "--in-place"));
    }

    [Test]
    public void The_stamp_carries_the_options()
    {
        ExpectSuccess(CliProcess.Run("weave", _folder.Library("Input"), "--output", _folder["out.dll"], "--rw", "W"));
        Assert.That(Stamp(_folder["out.dll"]), Does.Contain("Rw=w;"));
    }

    [Test]
    public void Redirected_output_has_no_colour()
    {
        CliResult result = CliProcess.Run("weave", _folder.Library("Input"), _folder["missing.dll"], "--output", _folder["out"]);
        Assert.That(string.Concat([.. result.Output, .. result.Errors]), Does.Contain("error").And.Not.Contain('\u001b'));
    }

    [Test]
    public void Beside_the_runtime_no_note_is_needed()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "MemSentry.Runtime.dll"), _folder["MemSentry.Runtime.dll"]);
        CliResult result = CliProcess.Run("weave", _folder.Library("Input"), "--in-place");
        Assert.That(result.Output, Has.Count.EqualTo(1), result.ToString());
    }

    private static void ExpectSuccess(CliResult result)
    {
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Errors, Is.Empty);
        Assert.That(result.Output, Has.Count.EqualTo(2), result.ToString());
        Assert.That(result.Output[0], Does.Match(new Regex(Summary)));
        Assert.That(result.Output[1], Does.StartWith("note: MemSentry.Runtime.dll is not in "));
    }

    private static bool IsWoven(string path) => Stamp(path) is not null;

    private static string? Stamp(string path)
    {
        Assembly assembly = Assembly.Load(File.ReadAllBytes(path));
        CustomAttributeData? stamp = assembly.GetCustomAttributesData().SingleOrDefault(a => a.AttributeType.Name == "WovenAssemblyAttribute");
        return (string?)stamp?.ConstructorArguments[1].Value;
    }
}
