namespace MemSentry.Attacks.Judging;

/// <summary>One cell of the matrix.</summary>
/// <param name="State">The verdict.</param>
/// <param name="Reason">Why it failed, in one sentence; empty if it did not.</param>
public sealed record Cell(CellState State, string Reason = "");
