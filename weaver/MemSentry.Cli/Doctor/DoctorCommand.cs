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
        var command = new Command("doctor", "Tells what this machine supports, and why not.");
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        ProcessorDescription processor = ProcessorDescription.Read();
        List<Finding> mpx = [.. MethodProbe.Mpx()];
        Print([.. MachineFindings.Of(MachineFacts.Read(), processor), .. mpx, MethodProbe.Sfi(), .. MethodFindings.NotYet(processor)]);
        return mpx.Exists(f => f.Verdict == Verdict.Bad) ? ExitCode.Failed : ExitCode.Success;
    }

    private static void Print(IReadOnlyList<Finding> findings)
    {
        IAnsiConsole console = Terminal.Create(Console.Out);
        int width = findings.Max(f => f.Subject.Length);
        foreach (Finding finding in findings)
        {
            (string mark, Color colour) = MarkOf(finding.Verdict);
            console.Write(new Text($"{mark,-5}", new Style(colour)));
            console.Write(new Text($"{finding.Subject.PadRight(width)}  {finding.Text}\n"));
        }
    }

    private static (string Mark, Color Colour) MarkOf(Verdict verdict) => verdict switch
    {
        Verdict.Good => ("yes", Color.Green),
        Verdict.Bad => ("no", Color.Red),
        Verdict.Missing => ("-", Color.Yellow),
        _ => ("", Color.Default),
    };
}
