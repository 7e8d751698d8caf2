using System.Text.RegularExpressions;
using MemSentry.Attacks.Judging;
using MemSentry.Attacks.Reading;
using MemSentry.Attacks.Running;

namespace MemSentry.Attacks.Domains;

/// <summary>
/// Judges an attack by what the method claims. <c>mprotect</c>: the processor ends the process at the first access, by a line that names the region, or the kernel refuses a copy.
/// <c>crypt</c>: a load gives what ordinary memory with the ciphertext gives, and a store ends the process at the next window, by a line that names the region. Where an attack goes
/// through a whitelisted member, its gate throws before anything happens.
/// </summary>
public static partial class DomainJudge
{
    private const int Aborted = 6;
    private const int SegmentationFault = 11;

    /// <summary>The verdict. The control must have been accepted.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="row">The row.</param>
    /// <param name="facts">What happened; null if nothing is known.</param>
    /// <param name="control">What the same attack did unwoven.</param>
    public static Cell Verdict(string method, DeclaredRow row, DomainFacts? facts, Outcome control)
    {
        // The attack on a deputy: under every method its gate compares what it is handed.
        bool isBlockedByGate = facts is { Signal: 0, Exception: nameof(SafeRegionViolationException), Changed: false, ShowsSecret: false };
        string? reason = isBlockedByGate ? null : facts is null ? "no result" : method == "crypt" ? Ciphertext(row, facts, control) : ClosedPage(facts);
        return reason is null ? new(CellState.Blocked) : new(CellState.Failed, reason);
    }

    private static string? ClosedPage(DomainFacts facts)
    {
        if (facts.Signal == 0)
            return facts is { Values: [], Exception: not null, Changed: false } ? null : $"not stopped: {Describe(facts)}";

        bool isReport = facts.Signal is Aborted or SegmentationFault && ClosedDomain().IsMatch(facts.Errors);
        return isReport ? null : $"ended by signal {facts.Signal} without a line about the region: {FirstLine(facts)}";
    }

    private static string? Ciphertext(DeclaredRow row, DomainFacts facts, Outcome control)
    {
        if (row.Writes)
            return facts.Signal == Aborted && Tampered().IsMatch(facts.Errors) ? null : $"the store was not found out: {Describe(facts)}";
        if (facts.Changed)
            return "the load changed the region";
        if (facts.Signal != 0)
            return facts.IsLedByMemory ? null : $"ended by signal {facts.Signal}: {FirstLine(facts)}";

        if (facts.ShowsSecret)
            return "everybody sees the secret";

        bool isOfCiphertext = facts.Values.SequenceEqual(facts.OfCiphertext) || (facts.IsLedByMemory && !facts.Values.Contains(control.Value));
        return facts.Values.Count > 0 && isOfCiphertext ? null : $"did not read the ciphertext: {Describe(facts)} instead of {string.Join(',', facts.OfCiphertext)}";
    }

    private static string Describe(DomainFacts facts) => facts.Signal != 0
        ? $"ended by signal {facts.Signal}: {FirstLine(facts)}"
        : $"{facts.Exception ?? "returned " + string.Join(',', facts.Values)}, region {(facts.Changed ? "changed" : "unchanged")}";

    private static string FirstLine(DomainFacts facts) => facts.Errors.Split('\n')[0];

    [GeneratedRegex(@"^MemSentry: MS7102: The processor stopped a (load|store) at 0x[0-9a-f]+, inside the safe region 'attack target' of the domain 'default' ", RegexOptions.Multiline)]
    private static partial Regex ClosedDomain();

    [GeneratedRegex("^MS7110: The safe region 'attack target' is not as its last close left it", RegexOptions.Multiline)]
    private static partial Regex Tampered();
}
