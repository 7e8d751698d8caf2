using System.Diagnostics;
using System.Reflection;
using MemSentry.Windows.Emulated;

namespace MemSentry.Windows.Tests;

/// <summary>The facts on a processor that has protection keys, this one or an emulated one: the program whole, and the naive copies, which must be seen leaking with real keys, too.</summary>
public sealed class EmulatedTests
{
    /// <summary>How <c>build/emulate-pku.sh</c> says that it needs what is not there.</summary>
    private const int Skipped = 77;

    /// <summary>All commands take minutes in an interpreter of machine code, so a sample runs, unless the variable says <c>all</c>.</summary>
    private static readonly int Every = Environment.GetEnvironmentVariable("MEMSENTRY_EMULATE") == "all" ? 1 : 4;

    private static readonly string Root =
        typeof(EmulatedTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;

    [Test]
    public void With_keys_the_whole_program_withstands_the_facts_and_naive_copies_do_not()
    {
        string folder = Copies.Folder("emulated");
        IReadOnlyList<EmulatedCommand> commands = EmulatedStage.Fill(folder, Every);
        (int exitCode, string output) = Emulate(folder);
        if (exitCode == Skipped)
            Assert.Ignore(output);

        string[] runs = output.Split("\n> ")[1..];
        Assert.That(runs.Select(r => r.Split('\n')[0]), Is.EqualTo(commands.Select(c => c.Line)), output);
        Assert.Multiple(() =>
        {
            foreach ((EmulatedCommand command, string run) in commands.Zip(runs))
                Assert.That(run, Does.Contain(command.Words).And.Not.Contain(" instead of "));
        });
        Assert.That(exitCode, Is.Zero, output);
    }

    private static (int ExitCode, string Output) Emulate(string folder)
    {
        string[] arguments = ["--program", folder, "--commands", Path.Combine(folder, EmulatedStage.FileName)];
        var start = new ProcessStartInfo(Path.Combine(Root, "build", "emulate-pku.sh"), arguments) { RedirectStandardOutput = true };
        using Process script = Process.Start(start)!;
        string output = script.StandardOutput.ReadToEnd();
        script.WaitForExit();
        return (script.ExitCode, output);
    }
}
