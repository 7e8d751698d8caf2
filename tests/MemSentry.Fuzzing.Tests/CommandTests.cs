using MemSentry.Fuzzing.Running;

namespace MemSentry.Fuzzing.Tests;

/// <summary>The program says what it found by its exit code.</summary>
[TestFixture]
internal sealed class CommandTests
{
    [Test]
    public void Too_few_members_are_a_failure() => Assert.That(Program.Main(["--seconds", "0", "--members", "5"]), Is.EqualTo(1));

    [Test]
    public void Option_that_is_not_known_is_a_failure() => Assert.That(Program.Main(["--minutes", "5"]), Is.Not.Zero);

    [Test]
    public void Engine_that_is_none_is_a_failure_and_no_result()
    {
        string folder = Directory.CreateTempSubdirectory("memsentry-engine-").FullName;
        File.WriteAllText(Path.Combine(folder, "MemSentry.Weaver.dll"), "no assembly");

        Assert.That(Program.Main(["--members", "1", "--batch", "1", "--engine", folder]), Is.EqualTo(1));
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void Runner_that_cannot_start_is_named()
    {
        string root = Directory.CreateTempSubdirectory("memsentry-runner-").FullName;
        using var runner = new RunnerProcess(FuzzMode.TierZero, Path.Combine(root, "position"));

        Assert.That(() => runner.Run(new("/nowhere.dll", [], [new RunMember(0, 1, true)], 0)), Throws.InvalidOperationException.With.Message.Contains("before it ran a member"));
    }
}
