using System.CommandLine;
using MemSentry.Cli.Reporting;
using MemSentry.Native;
using MemSentry.Native.ProtectionKeys;

namespace MemSentry.Cli.Doctor;

/// <summary>The command <c>doctor</c>: what this machine supports, and why not.</summary>
internal sealed class DoctorCommand : Command
{
    private readonly Option<ReportFormat> _format = SharedSymbols.Format(ReportFormat.Table, ReportFormat.Json, ReportFormat.Markdown);

    public DoctorCommand()
        : base("doctor", "Tells what this machine supports, and why not.")
    {
        Options.Add(_format);
        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        ProcessorDescription processor = ProcessorDescription.Read();
        List<Finding> mpx = [.. MethodProbe.Mpx()];
        MachineFacts facts = MachineFacts.Read();
        FindingsText.Write(
            [
                .. MachineFindings.Of(facts, processor),
                .. mpx, MethodProbe.Sfi(), MethodProbe.Mprotect(), .. MethodProbe.Crypt(), MethodFindings.NotYet(processor),
                .. KeyFindings.Of(ProcessorFacts.Read(), KernelKeySupport.ReadKernel(), facts),
            ],
            parsed.GetValue(_format),
            Console.Out);
        return mpx.Exists(f => f.Verdict == Verdict.Bad) ? ExitCode.Failed : ExitCode.Success;
    }
}
