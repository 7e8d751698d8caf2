using System.CommandLine;
using MemSentry.Cli.Output;
using MemSentry.Native;
using Spectre.Console;

namespace MemSentry.Cli.Doctor;

/// <summary>The command <c>doctor</c>: what this machine supports, and why not.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", $"Tells what this machine supports, and why not. {ExitCode.Help}");
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        ProcessorDescription processor = ProcessorDescription.Read();
        List<Finding> mpx = [.. MpxProbe.Run()];
        Print([.. MachineFindings.Of(MachineFacts.Read(), processor), .. mpx, .. MethodFindings.NotYet(processor)]);
        return mpx.Exists(f => f.Verdict == Verdict.Bad) ? ExitCode.Failed : ExitCode.Success;
    }

    private static void Print(IReadOnlyList<Finding> findings)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (Finding finding in findings)
        {
            (string mark, Color colour) = MarkOf(finding.Verdict);
            grid.AddRow(new Text(mark, new Style(colour)), new Text(finding.Subject), new Text(finding.Text));
        }

        Terminal.Create(Console.Out, wrap: true).Write(grid);
    }

    private static (string Mark, Color Colour) MarkOf(Verdict verdict) => verdict switch
    {
        Verdict.Good => ("yes", Color.Green),
        Verdict.Bad => ("no", Color.Red),
        Verdict.Missing => ("-", Color.Yellow),
        _ => ("", Color.Default),
    };
}
