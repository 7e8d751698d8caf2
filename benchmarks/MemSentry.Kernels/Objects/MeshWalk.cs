namespace MemSentry.Kernels.Objects;

/// <summary>Computes the normals of a mesh: structures of pointers to structures. The size is the number of faces.</summary>
public sealed unsafe class MeshWalk : Kernel
{
    private Face* _faces;
    private Vertex* _vertices;
    private int _size;

    /// <inheritdoc/>
    public override long BytesFor(int size) => (long)size * (sizeof(Face) + (2 * sizeof(Vertex)));

    /// <inheritdoc/>
    public override void Prepare(byte* memory, int size)
    {
        var random = new RandomSequence(18);
        _size = size;
        _faces = (Face*)memory;
        _vertices = (Vertex*)(_faces + size);
        Vertex* normals = _vertices + size;
        for (int i = 0; i < size; i++)
        {
            _vertices[i] = new Vertex { X = random.Below(100), Y = random.Below(100), Z = random.Below(100) };
            normals[i] = default;
            _faces[i].A = _vertices + random.Below(size);
            _faces[i].B = _vertices + random.Below(size);
            _faces[i].C = _vertices + random.Below(size);
            _faces[i].Normal = normals + i;
        }
    }

    /// <inheritdoc/>
    public override ulong Run()
    {
        for (int i = 0; i < _size; i++)
            _vertices[i].Uses = 0;

        for (Face* face = _faces, end = face + _size; face < end; face++)
            Compute(face);

        return Checksum.Of(_vertices, 2L * _size * sizeof(Vertex));
    }

    private static void Compute(Face* face)
    {
        Vertex* a = face->A;
        float x1 = face->B->X - a->X;
        float y1 = face->B->Y - a->Y;
        float z1 = face->B->Z - a->Z;
        float x2 = face->C->X - a->X;
        float y2 = face->C->Y - a->Y;
        float z2 = face->C->Z - a->Z;
        face->Normal->X = (y1 * z2) - (z1 * y2);
        face->Normal->Y = (z1 * x2) - (x1 * z2);
        face->Normal->Z = (x1 * y2) - (y1 * x2);
        a->Uses++;
        face->B->Uses++;
        face->C->Uses++;
    }
}
