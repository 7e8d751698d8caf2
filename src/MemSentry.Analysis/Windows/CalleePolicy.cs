namespace MemSentry.Analysis.Windows;

/// <summary>Which callees run while a window is open (the option <c>Callees</c>).</summary>
public enum CalleePolicy
{
    /// <summary>Whitelisted members, and framework members that compute on data they are handed.</summary>
    Data,

    /// <summary>Every callee, as in the original MemSentry.</summary>
    All,

    /// <summary>Whitelisted members only.</summary>
    None,
}
