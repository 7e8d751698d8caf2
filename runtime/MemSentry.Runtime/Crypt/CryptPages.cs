using MemSentry.Native;
using MemSentry.Native.Crypt;

namespace MemSentry.Crypt;

/// <summary>Pages for one region and its header.</summary>
/// <param name="Start">First byte: the header.</param>
/// <param name="Length">Bytes, a multiple of a page.</param>
internal readonly record struct CryptPages(ulong Start, ulong Length)
{
    private const ulong PageLength = 4096;

    /// <summary>First byte of the region.</summary>
    public ulong Region => Start + CryptHeader.Length;

    /// <summary>Maps them: clear, out of core dumps, not for forked children, and out of swap where the limit allows.</summary>
    public static SystemCallFailure? Create(int length, out CryptPages pages)
    {
        ulong rounded = (CryptHeader.Length + (ulong)length + PageLength - 1) & ~(PageLength - 1);
        SystemCallFailure? failure = AddressSpace.ReserveAnywhere(rounded, out ulong start);
        pages = new CryptPages(start, rounded);
        if (failure is not null)
        {
            return failure;
        }

        failure = AddressSpace.Protect(start, rounded, MemoryProtection.ReadWrite)
            ?? AddressSpace.Advise(start, rounded, MemoryAdvice.DontDump)
            ?? AddressSpace.Advise(start, rounded, MemoryAdvice.DontFork);
        if (failure is not null)
        {
            AddressSpace.Release(start, rounded);
        }

        return failure;
    }

    /// <summary>Gives them back.</summary>
    public void Release() => AddressSpace.Release(Start, Length);
}
