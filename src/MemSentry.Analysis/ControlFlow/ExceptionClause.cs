namespace MemSentry.Analysis.ControlFlow;

/// <summary>One exception clause of a member, inner clauses first as the metadata demands (ECMA-335 II.25.4.6).</summary>
/// <param name="Kind">What the clause does.</param>
/// <param name="Try">The instructions it protects.</param>
/// <param name="Handler">Its handler.</param>
/// <param name="Filter">Its filter, which ends where the handler begins; null for the other kinds.</param>
public sealed record ExceptionClause(ClauseKind Kind, InstructionRange Try, InstructionRange Handler, InstructionRange? Filter = null)
{
    /// <summary>Whether the runtime pushes the exception at the handler's (and filter's) entry.</summary>
    public bool PushesException => Kind is ClauseKind.Catch or ClauseKind.Filter;

    /// <summary>Whether the handler runs during unwinding and then passes control on.</summary>
    public bool IsCleanup => Kind is ClauseKind.Finally or ClauseKind.Fault;
}
