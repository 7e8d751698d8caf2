namespace MemSentry.Weaver.Reading;

/// <summary>What a file is by its first bytes and headers.</summary>
internal enum ImageKind
{
    /// <summary>It claims to be a .NET assembly.</summary>
    Managed,

    /// <summary>It has no bytes.</summary>
    Empty,

    /// <summary>A native Linux library or program.</summary>
    NativeLinux,

    /// <summary>A native Windows library or program.</summary>
    NativeWindows,

    /// <summary>A native program with assemblies inside.</summary>
    SingleFileProgram,

    /// <summary>It claims to be a Windows image, and its headers cannot be read.</summary>
    Damaged,

    /// <summary>Something else.</summary>
    Other,
}
