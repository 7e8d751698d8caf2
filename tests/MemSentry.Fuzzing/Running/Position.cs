using System.IO.MemoryMappedFiles;

namespace MemSentry.Fuzzing.Running;

/// <summary>Where a runner is, in a file that outlives it: which member, what it was woven with, and what it is called with.</summary>
internal sealed class Position : IDisposable
{
    private const int Length = 16;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <summary>Opens or creates the file.</summary>
    public Position(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, Length);
        _view = _file.CreateViewAccessor(0, Length);
    }

    /// <summary>The position of the member in its order.</summary>
    public int Member
    {
        get => _view.ReadInt32(0);
        set => _view.Write(0, value);
    }

    /// <summary>0 for the unwoven assembly, else the position of the woven one, from 1.</summary>
    public int Assembly
    {
        get => _view.ReadInt32(4);
        set => _view.Write(4, value);
    }

    /// <summary>The position of the situation.</summary>
    public int Situation
    {
        get => _view.ReadInt32(8);
        set => _view.Write(8, value);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
