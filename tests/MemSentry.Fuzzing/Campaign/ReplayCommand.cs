using System.CommandLine;
using MemSentry.Attacks.Building;
using MemSentry.Fuzzing.Domains.Campaign;
using MemSentry.Fuzzing.Domains.CSharp;
using MemSentry.Fuzzing.Domains.Shrinking;
using MemSentry.Fuzzing.Generation.CSharp;
using MemSentry.Fuzzing.Shrinking;

namespace MemSentry.Fuzzing.Campaign;

/// <summary>Shows a regression and runs it in every way.</summary>
internal static class ReplayCommand
{
    private static readonly Argument<FileInfo> File = new("file") { Description = "The regression." };

    public static Command Create()
    {
        var command = new Command("replay", "Runs a member or scenario that was kept, woven in all ways and in all modes.") { File };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(File).FullName));
        return command;
    }

    private static int Run(string file)
    {
        string root = Directory.CreateTempSubdirectory("memsentry-replay-").FullName;
        int found = 0;
        foreach (string line in ScenarioRegression.IsIn(file) ? Scenario(ScenarioRegression.Read(file), root) : Member(Regression.Read(file), root))
        {
            found++;
            Console.WriteLine(line);
        }

        Directory.Delete(root, recursive: true);
        return found == 0 ? 0 : 1;
    }

    private static IEnumerable<string> Scenario(ScenarioRegression regression, string root)
    {
        Console.WriteLine(regression.About);
        Console.WriteLine(ScenarioText.Of(regression.Scenario, "S"));
        return ScenarioReplay.Run([regression.Scenario], root, Enum.GetValues<BuildConfiguration>()).Select(f => f.ToString());
    }

    private static IEnumerable<string> Member(Regression regression, string root)
    {
        Console.WriteLine(regression.About);
        Console.WriteLine(MemberText.Of(regression.Member, "M"));
        return MemberReplay.Run(regression.Member, root);
    }
}
