namespace MemSentry.Windows.Program.Stress;

/// <summary>When the stress has gone on long enough: a slow machine gets more time for its windows, but not any time.</summary>
/// <param name="Least">For so long at least.</param>
/// <param name="Most">For so long at most.</param>
/// <param name="Windows">Between the two, until so many windows were opened.</param>
internal sealed record Term(TimeSpan Least, TimeSpan Most, long Windows)
{
    public bool IsOver(TimeSpan elapsed, long windows) => elapsed >= Most || (elapsed >= Least && windows >= Windows);
}
