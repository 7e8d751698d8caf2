namespace MemSentry.Analysis.Displacement;

/// <summary>What a distance rests on beside checks and anchors, on one of the ways here at least. It is told, and decides nothing.</summary>
[Flags]
internal enum Basis
{
    /// <summary>On nothing else.</summary>
    None = 0,

    /// <summary>On an access that was executed.</summary>
    Access = 1,

    /// <summary>On what is believed across calls.</summary>
    Summary = 2,
}
