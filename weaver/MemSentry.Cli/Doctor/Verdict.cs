namespace MemSentry.Cli.Doctor;

/// <summary>What a finding means for the user.</summary>
internal enum Verdict
{
    /// <summary>A fact, neither good nor bad.</summary>
    Fact,

    /// <summary>What is needed is there.</summary>
    Good,

    /// <summary>Something is missing that would be nice to have.</summary>
    Missing,

    /// <summary>Something that is needed is missing.</summary>
    Bad,
}
