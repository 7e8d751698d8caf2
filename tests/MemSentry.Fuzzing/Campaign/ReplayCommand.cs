using System.CommandLine;
using MemSentry.Attacks.Building;
using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Generation.CSharp;
using MemSentry.Fuzzing.Judging;
using MemSentry.Fuzzing.Running;
using MemSentry.Fuzzing.Shrinking;

namespace MemSentry.Fuzzing.Campaign;

/// <summary>Shows a regression and runs it in every way.</summary>
internal static class ReplayCommand
{
    private static readonly Argument<FileInfo> File = new("file") { Description = "The regression." };

    public static Command Create()
    {
        var command = new Command("replay", "Runs a member that was kept, woven in all ways and in all modes.") { File };
        command.SetAction(parsed => Run(Regression.Read(parsed.GetRequiredValue(File).FullName)));
        return command;
    }

    private static int Run(Regression regression)
    {
        Console.WriteLine(regression.About);
        Console.WriteLine(MemberText.Of(regression.Member, "M"));
        string root = Directory.CreateTempSubdirectory("memsentry-replay-").FullName;
        var builder = new BatchBuilder(new MemberCompiler(), Engine.Own, root);
        int found = 0;
        foreach (BuildConfiguration configuration in Enum.GetValues<BuildConfiguration>())
        {
            foreach (FuzzMode mode in FuzzMode.All)
            {
                BuiltBatch built = builder.Build(new($"Replay{configuration}{mode.Name}", regression.Member.Form, configuration, FuzzArms.All, mode, [regression.Member]));
                using var runner = new RunnerProcess(mode, Path.Combine(root, "position"));
                foreach (Finding finding in built.Findings.Concat(runner.Run(built.Order).Findings))
                {
                    found++;
                    Console.WriteLine($"{configuration}, {mode.Name}: {finding}");
                }
            }
        }

        Directory.Delete(root, recursive: true);
        return found == 0 ? 0 : 1;
    }
}
