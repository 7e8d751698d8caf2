using MemSentry.Attacks.Building;
using MemSentry.Attacks.Reading;
using MemSentry.Attacks.Running;

namespace MemSentry.Attacks.Judging;

/// <summary>Compares what a woven build did with what the unwoven one did in the same run, with the same secret.</summary>
public static class Judge
{
    /// <summary>Why the control does not count, or null: the attack must really have read the secret or changed the region.</summary>
    public static string? Control(DeclaredRow row, RowFacts? facts)
    {
        if (facts is null)
            return "the control has no result";
        if (facts.Attack.Exception is { } exception)
            return $"the control attack threw {exception}";
        if (row.Writes)
            return facts.Attack.Changed ? null : "the control attack changed nothing";
        if (facts.Attack.Value != facts.Ordinary.Value)
            return "the control attack did not read what ordinary memory with the same bytes gives";
        return facts.Attack.Value == facts.Zero.Value ? "the control's result does not depend on what it reads" : null;
    }

    /// <summary>The verdict on a woven arm. The control must have been accepted.</summary>
    public static Cell Woven(DeclaredRow row, Arm arm, RowFacts? woven, RowFacts control)
    {
        if (woven is null)
            return new(CellState.Failed, "no result");

        bool mustBlock = arm.MustBlock(row);
        string? reason = (mustBlock ? NotBlocked(row, arm, woven.Attack, control.Attack) : Differs("the unchecked attack", woven.Attack, control.Attack))
            ?? (mustBlock && row.SpansBlock ? NotBlocked(row, arm, woven.Ordinary, control.Ordinary) : DiffersElsewhere(woven, control))
            ?? Differs("the whitelisted copy", woven.Whitelisted, control.Whitelisted)
            ?? (control.Whitelisted.Exception is { } exception ? $"the whitelisted copy threw {exception}" : null);
        return reason is not null ? new(CellState.Failed, reason)
            : new(mustBlock ? CellState.Blocked : arm.GivesUp(row) ? CellState.NotBlocked : CellState.Open);
    }

    private static string? NotBlocked(DeclaredRow row, Arm arm, Outcome woven, Outcome control)
    {
        if (woven.Violation is not { } violation)
            return $"not blocked: {woven}";
        if (woven.Changed)
            return "blocked, but the region changed";
        bool isFault = woven.Exception == Outcome.Fault;
        if (isFault && !arm.MayFault(row.Kind))
            return "the process ended, although nothing is masked here";
        if (!isFault && !row.IsSwallowed && woven.Exception != nameof(SafeRegionViolationException))
            return $"the violation did not arrive: {woven}";
        if (woven.Value is not null && woven.Value == control.Value)
            return "blocked, but the secret was read";

        // Before a store far from its base the JIT reads at the base, to find out whether that is null: the fault is a load then.
        bool isKind = violation.Kind == row.Kind || (isFault && violation.Kind == SafeRegionViolationKind.Load);
        if (!isKind)
            return $"blocked as {violation.Kind} instead of {row.Kind} in {violation.Member}";
        if (!violation.IsExpectedMember)
            return $"the violation names {violation.Member}";
        // The range begins elsewhere: what is named is where it meets the block.
        return violation.IsInRegion != row.SpansBlock ? null : $"the violation names an address {(row.SpansBlock ? "in" : "outside")} the region";
    }

    private static string? DiffersElsewhere(RowFacts woven, RowFacts control) =>
        Differs("ordinary memory", woven.Ordinary, control.Ordinary)
        ?? Differs("memory full of zeros", woven.Zero, control.Zero)
        ?? Differs("address zero", woven.Null, control.Null);

    private static string? Differs(string what, Outcome? woven, Outcome? control) =>
        woven?.ToString() == control?.ToString() ? null : $"{what}: {control} unwoven, {woven} woven{Blame(woven)}";

    private static string Blame(Outcome? woven) =>
        woven?.Violation is { } violation ? $" ({violation.Kind} in {violation.Member})" : "";
}
