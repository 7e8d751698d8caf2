using System.Globalization;
using System.Text.RegularExpressions;
using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Judging;
using MemSentry.Fuzzing.Running;

namespace MemSentry.Fuzzing.Building;

/// <summary>Compiles a batch, weaves it in all its ways, and has every result verified.</summary>
/// <param name="compiler">Makes the assembly.</param>
/// <param name="engine">Weaves it.</param>
/// <param name="root">The folder for everything.</param>
public sealed partial class BatchBuilder(MemberCompiler compiler, Engine engine, string root)
{
    private const string NotAnalysable = "MS3001";

    /// <summary>Builds a batch. Members that the weaver refuses are left out and named.</summary>
    public BuiltBatch Build(Batch batch)
    {
        var refusals = new Dictionary<int, string>();
        Member?[] members = [.. batch.Members];
        while (true)
        {
            string folder = Directory.CreateDirectory(Path.Combine(root, batch.Name)).FullName;
            string unwoven = Path.Combine(folder, batch.Name + ".dll");
            File.WriteAllBytes(unwoven, compiler.Make(batch.Name, batch.Form, batch.Configuration, members));
            (List<WovenFile> woven, List<Finding> findings, Dictionary<int, string> refused) = Weave(batch, unwoven, folder);
            if (refused.Count == 0)
            {
                RunMember[] runs = [.. Enumerable.Range(0, members.Length).Where(i => members[i] is not null).Select(i => new RunMember(i, members[i]!.Scale, members[i]!.IsShort))];
                return new(new(unwoven, woven, runs, 0), findings, refusals);
            }

            foreach ((int member, string why) in refused)
            {
                refusals[member] = why;
                members[member] = null;
            }
        }
    }

    private (List<WovenFile> Woven, List<Finding> Findings, Dictionary<int, string> Refused) Weave(Batch batch, string unwoven, string folder)
    {
        var woven = new List<WovenFile>();
        var findings = new List<Finding>();
        var refused = new Dictionary<int, string>();
        foreach (FuzzArm arm in batch.Arms)
        {
            string output = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, arm.Name)).FullName, batch.Name + ".dll");
            string[] errors = engine.Weave(unwoven, output, arm.Settings);
            if (errors.Length == 0)
            {
                IReadOnlyList<Finding> rejections = Verify(output, arm);
                findings.AddRange(rejections);
                woven.Add(new(arm.Name, output, arm.Reads, arm.Writes));
                continue;
            }

            foreach (string error in errors)
            {
                int member = MemberIn(error);
                if (member >= 0 && error.StartsWith(NotAnalysable, StringComparison.Ordinal))
                    refused[member] = error;
                else
                    findings.Add(new(FindingKind.WeaveFailed, member, arm.Name, "", error));
            }
        }

        return (woven, findings, refused);
    }

    private static IReadOnlyList<Finding> Verify(string file, FuzzArm arm) =>
    [
        .. Verifier.AssemblyVerification.Run(new(file, [AppContext.BaseDirectory])).Findings
            .Select(f => new Finding(FindingKind.Rejected, MemberIn(f.Member ?? ""), arm.Name, "", f.ToString())),
    ];

    /// <summary>The number of the member that a text speaks of, -1 if of none. What a compiler made of a member has its name in angle brackets.</summary>
    private static int MemberIn(string text) =>
        MemberName().Match(text) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : -1;

    [GeneratedRegex(@"Fuzz\.Members(?:::|/)<?M(\d+)")]
    private static partial Regex MemberName();
}
