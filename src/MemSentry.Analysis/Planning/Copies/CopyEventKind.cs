namespace MemSentry.Analysis.Planning.Copies;

/// <summary>What can happen to a masked copy that moves with its variable.</summary>
internal enum CopyEventKind
{
    /// <summary>An access goes through it.</summary>
    Use,

    /// <summary>It moves on with its variable.</summary>
    Step,

    /// <summary>The variable gets another number, which is masked.</summary>
    Store,

    /// <summary>Other code may have run, and the variable is masked again.</summary>
    Call,
}
