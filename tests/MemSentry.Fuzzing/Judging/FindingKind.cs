namespace MemSentry.Fuzzing.Judging;

/// <summary>What is wrong with a woven member.</summary>
public enum FindingKind
{
    /// <summary>On ordinary memory it does not do what the unwoven one does.</summary>
    Diverged,

    /// <summary>It wrote into a region.</summary>
    Wrote,

    /// <summary>What it did depends on what is in a region: it read there.</summary>
    Read,

    /// <summary>A region was open where code runs that is not whitelisted.</summary>
    Leaked,

    /// <summary>It ended the process.</summary>
    Died,

    /// <summary>The verifier rejects what the weaver made.</summary>
    Rejected,

    /// <summary>The weaver failed, other than by refusing a member.</summary>
    WeaveFailed,
}
