namespace MemSentry.Kernels.Objects;

/// <summary>A triangle of a mesh: a structure of pointers.</summary>
internal unsafe struct Face
{
    /// <summary>Its first corner.</summary>
    public Vertex* A;

    /// <summary>Its second corner.</summary>
    public Vertex* B;

    /// <summary>Its third corner.</summary>
    public Vertex* C;

    /// <summary>Its normal, as long as twice its area.</summary>
    public Vertex* Normal;
}
