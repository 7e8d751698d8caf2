namespace MemSentry.Analysis.ControlFlow;

/// <summary>The four kinds of exception clause (ECMA-335 I.12.4.2).</summary>
public enum ClauseKind
{
    /// <summary>Handles exceptions of a type.</summary>
    Catch,

    /// <summary>Handles exceptions that its filter accepts.</summary>
    Filter,

    /// <summary>Runs on every way out.</summary>
    Finally,

    /// <summary>Runs on exceptions only.</summary>
    Fault,
}
