using MemSentry.Robustness.Judging;
using MemSentry.Robustness.Running;

namespace MemSentry.Robustness.Tests;

/// <summary>A judge that lets everything pass would make every figure perfect.</summary>
[TestFixture]
internal sealed class JudgingTests
{
    [TestCase(0, "", ExpectedResult = true)]
    [TestCase(0, "warning MS2009: The debug information cannot be read.\n", ExpectedResult = true)]
    [TestCase(1, "error MS2001: It is corrupt.\n", ExpectedResult = true)]
    [TestCase(1, "Some.dll: error MS5010: Not proven.\nwarning MS2009: No symbols.\n", ExpectedResult = true)]
    [TestCase(1, "", ExpectedResult = false)]
    [TestCase(0, "error MS2001: It is corrupt.\n", ExpectedResult = false)]
    [TestCase(3, "error MS9001: MemSentry failed.\n", ExpectedResult = false)]
    [TestCase(134, "", ExpectedResult = false)]
    [TestCase(1, "Unhandled exception. System.NullReferenceException\n", ExpectedResult = false)]
    [TestCase(1, "error MS2001: It is corrupt.\n   at Mono.Cecil.ModuleReader.Read()\n", ExpectedResult = false)]
    public bool A_result_is_clean_or_not(int exitCode, string errors) => Sentence.Judge(new CommandResult(exitCode, "", errors)) is null;

    [TestCase(0, "Subject.dll", ExpectedResult = true)]
    [TestCase(0, "Subject.dll Subject.pdb", ExpectedResult = true)]
    [TestCase(0, "", ExpectedResult = false)]
    [TestCase(0, "Subject.dll .Subject.dll.x1", ExpectedResult = false)]
    [TestCase(1, "", ExpectedResult = true)]
    [TestCase(1, "Subject.dll", ExpectedResult = false)]
    [TestCase(1, ".Subject.dll.x1", ExpectedResult = false)]
    public bool A_weave_leaves_all_or_nothing(int exitCode, string files)
    {
        string output = Directory.CreateTempSubdirectory("memsentry-judge-").FullName;
        foreach (string file in files.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            File.WriteAllText(Path.Combine(output, file), "");
        var input = new DamagedInput(0, new Subjects.Subject("Subject", [], null), "none", [], null);
        string? wrong = Weave.Judge(new CommandResult(exitCode, "", exitCode == 0 ? "" : "error MS2001: It is corrupt.\n"), output, input);
        Directory.Delete(output, recursive: true);
        return wrong is null;
    }
}
