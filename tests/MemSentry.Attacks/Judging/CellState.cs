namespace MemSentry.Attacks.Judging;

/// <summary>What one cell of the matrix says.</summary>
public enum CellState
{
    /// <summary>The attack worked on the unwoven build and was stopped here.</summary>
    Blocked,

    /// <summary>The attack works here too, as it must: this arm does not check such accesses.</summary>
    Open,

    /// <summary>Anything else.</summary>
    Failed,
}
