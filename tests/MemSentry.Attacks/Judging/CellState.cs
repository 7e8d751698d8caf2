namespace MemSentry.Attacks.Judging;

/// <summary>What one cell of the matrix says.</summary>
public enum CellState
{
    /// <summary>The attack worked on the unwoven build and was stopped here.</summary>
    Blocked,

    /// <summary>The attack works here too, as it must: this arm does not check such accesses.</summary>
    Open,

    /// <summary>The attack works here too, as the documents say by name: the options give it up.</summary>
    NotBlocked,

    /// <summary>Anything else.</summary>
    Failed,
}
