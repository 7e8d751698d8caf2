namespace MemSentry.Cli.Reporting;

/// <summary>What became of one input.</summary>
internal enum InputStatus
{
    /// <summary>Its woven form was written.</summary>
    Woven,

    /// <summary>It can be woven; nothing was written.</summary>
    Weavable,

    /// <summary>It is proven.</summary>
    Verified,

    /// <summary>It could not be woven; nothing was written.</summary>
    Refused,

    /// <summary>It is not proven.</summary>
    Rejected,

    /// <summary>MemSentry failed.</summary>
    Defect,
}
