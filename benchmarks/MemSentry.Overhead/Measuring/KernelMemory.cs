using System.Runtime.InteropServices;

namespace MemSentry.Overhead.Measuring;

/// <summary>Memory for a kernel, the same for all arms, so that caches and pages make no difference.</summary>
internal sealed unsafe class KernelMemory(long bytes) : IDisposable
{
    private const int PageSize = 4096;

    /// <summary>Its first byte, at the start of a page.</summary>
    public byte* Start { get; } = (byte*)NativeMemory.AlignedAlloc((nuint)bytes + PageSize, PageSize);

    /// <inheritdoc/>
    public void Dispose() => NativeMemory.AlignedFree(Start);
}
