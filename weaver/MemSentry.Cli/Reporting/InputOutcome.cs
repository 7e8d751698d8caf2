using MemSentry.Cli.Inputs;

namespace MemSentry.Cli.Reporting;

/// <summary>What became of one input, with everything that there is to say about it.</summary>
/// <param name="Input">The input.</param>
/// <param name="Status">In one word.</param>
/// <param name="Messages">In the order they were found.</param>
/// <param name="Summary">One line for people; null if the messages say it all.</param>
internal sealed record InputOutcome(SelectedInput Input, InputStatus Status, IReadOnlyList<ReportMessage> Messages, string? Summary = null)
{
    /// <summary>Where the woven form went, or would go.</summary>
    public string? Output { get; init; }

    /// <summary>What was counted, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Counts { get; init; } = [];

    /// <summary>What was counted for each kind of proof, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Passes { get; init; } = [];

    /// <summary>What it means for the process.</summary>
    public int ExitCode => Status switch
    {
        InputStatus.Defect => Cli.ExitCode.Defect,
        InputStatus.Refused or InputStatus.Rejected => Cli.ExitCode.Failed,
        _ => Cli.ExitCode.Success,
    };

    /// <summary>Turns a failure that nobody expected into the outcome of this input, so that it costs the others nothing.</summary>
    public static InputOutcome OfDefect(SelectedInput input, Exception defect) => new(
        input, InputStatus.Defect, [ReportMessage.Of(DefectMessage.Of(defect, $" on '{input.File}'"))]);
}
