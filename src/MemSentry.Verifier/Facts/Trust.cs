namespace MemSentry.Verifier.Facts;

/// <summary>How long a proof about a raw number is believed.</summary>
internal enum Trust
{
    /// <summary>Through calls and exceptions: the user takes the word of our own frame for it.</summary>
    Frame,

    /// <summary>Up to the next call, because the callee keeps our registers where they can be overwritten.</summary>
    Leaf,

    /// <summary>Not at all: it has to be found directly before the use.</summary>
    None,
}
