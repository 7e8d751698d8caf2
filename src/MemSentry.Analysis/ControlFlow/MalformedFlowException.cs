namespace MemSentry.Analysis.ControlFlow;

/// <summary>The instructions do not form a member that could run; the message says why, without naming the member.</summary>
public sealed class MalformedFlowException(string reason) : Exception(reason);
