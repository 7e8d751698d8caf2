using System.CommandLine;
using MemSentry.Fuzzing.Generation;
using MemSentry.Fuzzing.Generation.CSharp;
using MemSentry.Fuzzing.Generation.Tree;

namespace MemSentry.Fuzzing.Campaign;

/// <summary>Shows a member as C#, also one that is assembled.</summary>
internal static class ShowCommand
{
    private static readonly Argument<long> Seed = new("seed") { Description = "The seed of the campaign." };

    private static readonly Argument<long> Number = new("number") { Description = "The member's number in it." };

    private static readonly Argument<MemberForm> Form = new("form") { Description = "Its form." };

    public static Command Create()
    {
        var command = new Command("show", "Shows one member of a campaign.") { Seed, Number, Form };
        command.SetAction(parsed => Console.Write(MemberText.Of(MemberGenerator.Make(parsed.GetValue(Seed), parsed.GetValue(Number), parsed.GetValue(Form)), "M")));
        return command;
    }
}
