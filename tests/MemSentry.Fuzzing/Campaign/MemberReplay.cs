using MemSentry.Attacks.Building;
using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Judging;
using MemSentry.Fuzzing.Running;

namespace MemSentry.Fuzzing.Campaign;

/// <summary>Runs a member in every way.</summary>
internal static class MemberReplay
{
    /// <summary>What is wrong with it.</summary>
    public static IEnumerable<string> Run(Member member, string root)
    {
        var builder = new BatchBuilder(new MemberCompiler(), Engine.Own, root);
        foreach (BuildConfiguration configuration in Enum.GetValues<BuildConfiguration>())
        {
            foreach (FuzzMode mode in FuzzMode.All)
            {
                BuiltBatch built = builder.Build(new($"Replay{configuration}{mode.Name}", member.Form, configuration, FuzzArms.All, mode, [member]));
                using var runner = new RunnerProcess(mode, Path.Combine(root, "position"));
                foreach (Finding finding in built.Findings.Concat(runner.Run(built.Order).Findings))
                    yield return $"{configuration}, {mode.Name}: {finding}";
            }
        }
    }
}
