namespace MemSentry.Kernels.Objects;

/// <summary>A point of a mesh.</summary>
internal struct Vertex
{
    /// <summary>Where it is, from left to right.</summary>
    public float X;

    /// <summary>Where it is, from bottom to top.</summary>
    public float Y;

    /// <summary>Where it is, from back to front.</summary>
    public float Z;

    /// <summary>How often a face uses it.</summary>
    public int Uses;
}
