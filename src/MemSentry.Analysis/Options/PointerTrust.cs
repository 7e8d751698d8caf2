namespace MemSentry.Analysis.Options;

/// <summary>How long what is proven of a raw pointer holds (the option <c>Trust</c>). Managed references stand by their contract in any case.</summary>
public enum PointerTrust
{
    /// <summary>Until the next call: the callee may spill our registers where an attacker can write.</summary>
    Leaf,

    /// <summary>As long as the member runs: who cannot write to the stacks of other members may choose it.</summary>
    Frame,

    /// <summary>Not at all: every use of a raw pointer as an address is checked or masked directly before it, wherever the pointer comes from.</summary>
    None,
}
