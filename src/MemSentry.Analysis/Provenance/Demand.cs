namespace MemSentry.Analysis.Provenance;

/// <summary>What has to hold of an operand.</summary>
internal enum Demand
{
    /// <summary>It is an address outside the block.</summary>
    Address,

    /// <summary>It is the start of a range that neither touches nor spans the block.</summary>
    Range,

    /// <summary>It is an object that remembers a range, whose start was checked elsewhere: the range is too short to reach across a guard.</summary>
    Length,

    /// <summary>It is an address that lies outside the block after it was moved by another operand.</summary>
    Displaced,

    /// <summary>It is a structure whose references, with their extents, lie outside the block.</summary>
    Structure,

    /// <summary>It refers to such a structure.</summary>
    Contents,

    /// <summary>It is a handle, a structure that the framework uses as an address.</summary>
    Handle,

    /// <summary>It refers to a handle.</summary>
    HandleBehind,
}
