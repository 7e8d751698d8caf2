using MemSentry.Cli.Inputs;
using MemSentry.Cli.Reporting;
using MemSentry.Verifier;

namespace MemSentry.Cli.Verifying;

/// <summary>Verifies inputs, any of them at any time.</summary>
internal sealed class VerifyRun(IReadOnlyList<string> references, string? whitelist, bool reportsAll)
{
    /// <summary>Verifies one input.</summary>
    public InputOutcome Verify(SelectedInput input)
    {
        try
        {
            return Outcome(input);
        }
        catch (Exception defect)
        {
            return InputOutcome.OfDefect(input, defect);
        }
    }

    private InputOutcome Outcome(SelectedInput input)
    {
        VerificationReport report = AssemblyVerification.Run(new VerificationRequest(input.File, references, whitelist));
        IEnumerable<Finding> findings = reportsAll ? report.Findings : report.Findings.Take(1);
        return new InputOutcome(
            input, report.Accepted ? InputStatus.Verified : InputStatus.Rejected, [.. findings.Select(ReportMessage.Of)], Summary(input.Relative, report))
        {
            Counts =
            [
                KeyValuePair.Create("members", report.Members),
                KeyValuePair.Create("obligations", report.Obligations),
                KeyValuePair.Create("trusted", report.Trusted),
                KeyValuePair.Create("findings", report.Findings.Count),
            ],
        };
    }

    private static string Summary(string name, VerificationReport report) => report.Accepted
        ? $"{name}: verified, {report.Obligations} accesses and borders in {report.Members} members are covered, {report.Trusted} entries trusted"
        : $"{name}: rejected, {report.Findings.Count} finding{(report.Findings.Count == 1 ? "" : "s")}";
}
