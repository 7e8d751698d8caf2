namespace MemSentry.Fuzzing.Running;

/// <summary>A piece of memory that is filled before a call and looked at afterwards.</summary>
/// <param name="start">Its first byte.</param>
/// <param name="content">What it is filled with.</param>
internal sealed unsafe class Window(nint start, byte[] content)
{
    private byte[] _seen = [];

    /// <summary>Its first byte.</summary>
    public nint Start { get; } = start;

    /// <summary>The middle, where pointers lead.</summary>
    public nint Middle => Start + (Content.Length / 2);

    /// <summary>Whether it is as it was filled.</summary>
    public bool IsUntouched => Memory.SequenceEqual(Content);

    /// <summary>What it is filled with.</summary>
    public byte[] Content { get; set; } = content;

    private Span<byte> Memory => new((void*)Start, Content.Length);

    /// <summary>Fills it.</summary>
    public void Fill() => Content.CopyTo(Memory);

    /// <summary>Remembers what is in it.</summary>
    public void Remember()
    {
        if (_seen.Length != Content.Length)
            _seen = new byte[Content.Length];
        Memory.CopyTo(_seen);
    }

    /// <summary>Whether in it is what was remembered.</summary>
    public bool IsAsRemembered => Memory.SequenceEqual(_seen);
}
