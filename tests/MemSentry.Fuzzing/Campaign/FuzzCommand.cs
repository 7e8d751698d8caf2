using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Domains.Campaign;

namespace MemSentry.Fuzzing.Campaign;

/// <summary>The program's one task: a campaign. The figure is a short one with a fixed seed.</summary>
internal static class FuzzCommand
{
    private const int EnoughMembers = 2000;
    private const int ShrunkAtMost = 5;

    private static readonly Option<int?> Seconds = new("--seconds") { Description = "How long; 40 seconds unless --members says how many.", HelpName = "N" };

    private static readonly Option<int?> Members = new("--members") { Description = "How many members at least; without --seconds it ends there.", HelpName = "N" };

    private static readonly Option<long> Seed = new("--seed") { Description = "What the members are made from.", HelpName = "N", DefaultValueFactory = _ => 1 };

    private static readonly Option<int> BatchSize = new("--batch")
    {
        Description = "Members that are compiled, woven and run together.",
        HelpName = "N",
        DefaultValueFactory = _ => CampaignPlan.UsualBatchSize,
    };

    private static readonly Option<DirectoryInfo?> EngineFolder = new("--engine") { Description = "A folder with other builds of the engine's assemblies, to be tried instead.", HelpName = "DIR" };

    private static readonly Option<DirectoryInfo?> Keep = new("--keep") { Description = "Where to put what is found, shrunk to small members.", HelpName = "DIR" };

    private static readonly Option<bool> Domains = new("--domains") { Description = "Try scenarios of windows under the methods that open and close regions, instead of members under those that look at addresses." };

    private static readonly Option<FileInfo?> Result = new("--result") { Description = "A file for the result.", HelpName = "FILE" };

    public static RootCommand Create()
    {
        var command = new RootCommand("Runs random unsafe members woven and unwoven; tells where they differ, and where a woven one gets at a safe region.")
        {
            Domains, Seconds, Members, Seed, BatchSize, EngineFolder, Keep, Result,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        try
        {
            return Measure(parsed);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or BadImageFormatException or Win32Exception or AggregateException)
        {
            Console.Error.WriteLine($"fuzz could not be measured: {(e is AggregateException a ? a.Flatten().InnerException! : e).Message}");
            return 1;
        }
    }

    private static int Measure(ParseResult parsed)
    {
        var watch = Stopwatch.StartNew();
        int enough = parsed.GetValue(Members) ?? EnoughMembers;
        int seconds = parsed.GetValue(Seconds) ?? (parsed.GetValue(Members) is null ? 40 : int.MaxValue);
        Engine engine = parsed.GetValue(EngineFolder) is { } folder ? Engine.In(folder.FullName) : Engine.Own;
        long seed = parsed.GetValue(Seed);
        ICampaign campaign = parsed.GetValue(Domains)
            ? new DomainCampaign(new DomainPlan(seed, parsed.GetValue(BatchSize)), engine)
            : new MemberCampaign(new CampaignPlan(seed, parsed.GetValue(BatchSize)), engine);
        bool stopsAtEnough = parsed.GetValue(Seconds) is null && parsed.GetValue(Members) is not null;
        Tally tally = new CampaignRun(campaign, t => watch.Elapsed.TotalSeconds > seconds || (stopsAtEnough && t.Members >= enough)).Run(Environment.ProcessorCount);

        foreach (string line in Report.Lines(campaign, tally))
            Console.WriteLine(line);
        if (parsed.GetValue(Keep) is { } keep)
            Shelf.Put(campaign, tally.Discoveries.Take(ShrunkAtMost), keep.FullName);
        if (parsed.GetValue(Result) is { } result)
            File.WriteAllLines(result.FullName, ResultFile.Lines(campaign, tally, watch.Elapsed));

        int found = tally.Divergences + tally.Escapes;
        Console.WriteLine($"fuzz {found} count");
        if (tally.Members < enough)
            Console.Error.WriteLine($"fuzz ran {tally.Members} {campaign.Subject}s, which is too few to mean anything: at least {enough} are wanted.");
        return found == 0 && tally.Members >= enough ? 0 : 1;
    }
}
