namespace MemSentry.Analysis.Displacement;

/// <summary>What an instruction does with a number that a mask could change.</summary>
internal enum MaskUse
{
    /// <summary>Something that must see it as it is.</summary>
    None,

    /// <summary>An access that has to be masked.</summary>
    Masked,

    /// <summary>An access that the option <c>Rw</c> leaves alone. It may come from a masked base, if another access from there is masked anyway.</summary>
    Beside,
}
