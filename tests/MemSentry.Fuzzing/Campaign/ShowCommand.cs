using System.CommandLine;
using MemSentry.Fuzzing.Domains.CSharp;
using MemSentry.Fuzzing.Domains.Generation;
using MemSentry.Fuzzing.Generation;
using MemSentry.Fuzzing.Generation.CSharp;
using MemSentry.Fuzzing.Generation.Tree;

namespace MemSentry.Fuzzing.Campaign;

/// <summary>Shows a member as C#, also one that is assembled, or a scenario.</summary>
internal static class ShowCommand
{
    private static readonly Argument<long> Seed = new("seed") { Description = "The seed of the campaign." };

    private static readonly Argument<long> Number = new("number") { Description = "The member's number in it." };

    private static readonly Argument<MemberForm?> Form = new("form") { Description = "The member's form; a scenario of windows has none.", Arity = ArgumentArity.ZeroOrOne };

    public static Command Create()
    {
        var command = new Command("show", "Shows one member or scenario of a campaign.") { Seed, Number, Form };
        command.SetAction(parsed => Console.Write(Text(parsed.GetValue(Seed), parsed.GetValue(Number), parsed.GetValue(Form))));
        return command;
    }

    private static string Text(long seed, long number, MemberForm? form) => form is { } known
        ? MemberText.Of(MemberGenerator.Make(seed, number, known), "M")
        : ScenarioText.Of(ScenarioGenerator.Make(seed, number), "S");
}
