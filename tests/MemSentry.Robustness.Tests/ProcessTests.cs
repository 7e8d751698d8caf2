using System.Diagnostics;
using MemSentry.Robustness.Campaign;
using MemSentry.Robustness.Judging;
using MemSentry.Robustness.Running;
using MemSentry.Robustness.Subjects;

namespace MemSentry.Robustness.Tests;

/// <summary>The tool as users run it: a process of its own, many damaged inputs at once.</summary>
[TestFixture]
internal sealed class ProcessTests
{
    private const int Inputs = 60;

    private string _folder = null!;

    [SetUp]
    public void WriteInputs()
    {
        _folder = Directory.CreateTempSubdirectory("memsentry-robustness-").FullName;
        var series = new InputSeries(SubjectFactory.All(Directory.CreateDirectory(Path.Combine(_folder, "subjects")).FullName), seed: 11);
        for (int i = 0; i < Inputs; i++)
        {
            DamagedInput input = series[i];
            string own = Directory.CreateDirectory(Path.Combine(_folder, "in", $"{i:d2}")).FullName;
            File.WriteAllBytes(Path.Combine(own, input.Subject.Name + ".dll"), input.Image);
        }
    }

    [TearDown]
    public void DeleteInputs() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void One_run_over_a_folder_weaves_what_can_be_woven_and_refuses_the_rest()
    {
        CommandResult result = Run("weave", "in", "--output", "out");

        Assert.That(Sentence.Judge(result), Is.Null, result.Errors);
        Assert.That(result.ExitCode, Is.EqualTo(1));
        string[] woven = Directory.GetFiles(Path.Combine(_folder, "out"), "*", SearchOption.AllDirectories);
        Assert.That(woven, Has.Length.EqualTo(result.Output.Split('\n').Count(l => l.Contains(" checks -> ", StringComparison.Ordinal))).And.Length.GreaterThan(5));
        Assert.That(woven, Has.All.EndsWith(".dll"));
    }

    [TestCase("list", "in", "--format", "json")]
    [TestCase("verify", "in", "--format", "sarif")]
    public void One_run_over_a_folder_leaves_a_whole_document(params string[] arguments)
    {
        CommandResult result = Run(arguments);
        Assert.That(Sentence.Judge(result), Is.Null, result.Errors);
        using var document = System.Text.Json.JsonDocument.Parse(result.Output);
        Assert.That(document.RootElement.ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Object));
    }

    private CommandResult Run(params string[] arguments)
    {
        string tool = Path.Combine(AppContext.BaseDirectory, "memsentry-weave.dll");
        string host = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        using Process process = Process.Start(new ProcessStartInfo(host, [tool, .. arguments, "--reference", AppContext.BaseDirectory])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_GCHeapHardLimit"] = "0x20000000" },
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CommandResult(process.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}
