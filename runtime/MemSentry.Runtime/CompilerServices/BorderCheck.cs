using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static MemSentry.AddressSpaceLayout;

namespace MemSentry.CompilerServices;

/// <summary>
/// The checks that need more than one compare: where an address leaves woven code together with a length or displacement, or inside a structure.
/// <para>
/// A <em>range</em> may be accessed anywhere later, so both its ends have to lie on the same side of the block: one that starts below and ends
/// above would hold the safe regions, although neither end touches them.
/// </para>
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BorderCheck
{
    private const ulong ShortCount = int.MaxValue;
    private const uint ShortElement = 256;

    /// <summary>Checks that a range neither touches nor spans the block.</summary>
    /// <param name="address">Where it starts.</param>
    /// <param name="count">How many elements it has.</param>
    /// <param name="elementSize">Their size, in bytes.</param>
    /// <param name="member">The member that contains the access.</param>
    /// <param name="ilOffset">The access's offset in the member's original IL, in bytes.</param>
    /// <param name="kind">A <see cref="SafeRegionViolationKind"/>.</param>
    /// <exception cref="SafeRegionViolationException">It does.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Range(nuint address, ulong count, uint elementSize, string member, int ilOffset, int kind)
    {
        if (!IsShortAndOutside(address, count, elementSize))
        {
            CheckRange(address, count, elementSize, member, ilOffset, kind);
        }
    }

    /// <summary>
    /// The same for a callee that throws on a negative number of elements before it touches or remembers anything: only the address has to lie outside
    /// the block then, and the callee says what is wrong.
    /// </summary>
    /// <inheritdoc cref="Range"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SignedRange(nuint address, long count, uint elementSize, string member, int ilOffset, int kind)
    {
        if (!IsShortAndOutside(address, (ulong)count, elementSize))
        {
            CheckRange(address, (ulong)Math.Max(count, 0), elementSize, member, ilOffset, kind);
        }
    }

    /// <summary>Checks that a displaced address lies outside the block; the displacement wraps around.</summary>
    /// <param name="address">The base, which may lie anywhere.</param>
    /// <param name="displacement">How many elements it is moved.</param>
    /// <param name="elementSize">Their size, in bytes.</param>
    /// <param name="member">The member that contains the access.</param>
    /// <param name="ilOffset">The access's offset in the member's original IL, in bytes.</param>
    /// <param name="kind">A <see cref="SafeRegionViolationKind"/>.</param>
    /// <exception cref="SafeRegionViolationException">It lies in the block.</exception>
    public static void Displaced(nuint address, ulong displacement, uint elementSize, string member, int ilOffset, int kind)
    {
        ulong target = unchecked(address + (displacement * elementSize));
        if (SideOf(target) == 0)
        {
            throw Violation.Create((nuint)target, member, ilOffset, kind);
        }
    }

    /// <summary>Checks the extent of a span that was made where nobody answers for it.</summary>
    /// <typeparam name="T">Type of its elements.</typeparam>
    /// <inheritdoc cref="Range"/>
    public static unsafe void Span<T>(Span<T> span, string member, int ilOffset, int kind) => ReadOnlySpan<T>(span, member, ilOffset, kind);

    /// <inheritdoc cref="Span{T}"/>
    public static unsafe void ReadOnlySpan<T>(ReadOnlySpan<T> span, string member, int ilOffset, int kind) =>
        Range((nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(span)), (uint)span.Length, (uint)Unsafe.SizeOf<T>(), member, ilOffset, kind);

    /// <summary>
    /// Checks a structure that the framework uses as an address, such as <see cref="GCHandle"/>: no aligned word of it may point into the block.
    /// </summary>
    /// <typeparam name="T">The structure; it holds nothing but addresses and numbers that are never as large as one in the block.</typeparam>
    /// <inheritdoc cref="Range"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Handle<T>(T handle, string member, int ilOffset, int kind)
        where T : struct, allows ref struct
    {
#pragma warning disable CS8500 // A pointer to a structure with references: only its bytes are compared.
        // Most handles are one word, and that is compared in woven code.
        if (sizeof(T) != sizeof(nuint) || IsInBlock(*(nuint*)&handle))
        {
            CheckWords(new ReadOnlySpan<nuint>(&handle, sizeof(T) / sizeof(nuint)), member, ilOffset, kind);
        }
#pragma warning restore CS8500
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CheckWords(ReadOnlySpan<nuint> words, string member, int ilOffset, int kind)
    {
        foreach (nuint word in words)
        {
            if (IsInBlock(word))
            {
                throw Violation.Create(word, member, ilOffset, kind);
            }
        }
    }

    /// <summary>
    /// What nearly every range is: at most <see cref="ShortCount"/> elements of at most <see cref="ShortElement"/> bytes, outside the block. Its half terabyte cannot span the block, which
    /// has four, so it lies outside if its ends do; and if it wraps around, what it has of either end of the address space does not come near. This much is compiled into woven code, where
    /// the size of elements is a constant; where it says no, the full check decides.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsShortAndOutside(nuint address, ulong count, uint elementSize) =>
        count <= ShortCount && elementSize <= ShortElement && !IsInBlock(address) && !IsInBlock(unchecked(address + (count * elementSize)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CheckRange(nuint address, ulong count, uint elementSize, string member, int ilOffset, int kind)
    {
        ulong high = Math.BigMul(count, elementSize, out ulong bytes);
        ulong end = address + bytes;
        if (high != 0 || end < bytes || SideOf(address) != SideOf(end) || SideOf(address) == 0)
        {
            // A range that wraps around from above meets the block at its start, like one that comes from below.
            throw Violation.Create(SideOf(address) == 0 ? address : unchecked((nuint)BlockStart), member, ilOffset, kind);
        }
    }

    private static bool IsInBlock(ulong address) => address >> BlockShift == BlockIndex;

    /// <summary>-1 below the block, 0 in it, 1 above it.</summary>
    private static int SideOf(ulong address) => (address >> BlockShift).CompareTo((ulong)BlockIndex);
}
