namespace MemSentry.Analysis.Stack;

/// <summary>A member does something the analysis has no rule for. The weave then stops: nothing is ever guessed.</summary>
public sealed class NotModelledException(string reason) : Exception(reason);
