namespace MemSentry.Kernels;

/// <summary>
/// One small program over raw memory. Whoever measures gives the memory, so that the unwoven and the woven build of a kernel work on the very same
/// addresses: caches see no difference.
/// </summary>
public abstract unsafe class Kernel
{
    /// <summary>The number of bytes of memory that the kernel needs for a size.</summary>
    public abstract long BytesFor(int size);

    /// <summary>Fills the memory, in the same way every time, and remembers where things are.</summary>
    /// <param name="memory">At least <see cref="BytesFor"/> bytes, aligned to 64.</param>
    /// <param name="size">How much there is to do; each kernel says what it counts.</param>
    public abstract void Prepare(byte* memory, int size);

    /// <summary>Does the work once. It can be done again.</summary>
    /// <returns>A checksum over everything that was computed: equal for equal sizes, woven or not.</returns>
    public abstract ulong Run();
}
