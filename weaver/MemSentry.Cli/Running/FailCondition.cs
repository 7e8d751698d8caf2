namespace MemSentry.Cli.Running;

/// <summary>What a user wants to hear of by the exit code, beyond inputs that failed.</summary>
internal enum FailCondition
{
    /// <summary>An input failed. That is so in any case.</summary>
    Refused,

    /// <summary>There was a warning.</summary>
    Warning,

    /// <summary>Code with raw accesses stays unwoven beside what is woven.</summary>
    Unwoven,
}
