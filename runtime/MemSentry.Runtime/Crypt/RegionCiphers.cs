using MemSentry.Allocation;
using MemSentry.Domains;
using MemSentry.Native;
using MemSentry.Native.Crypt;

namespace MemSentry.Crypt;

/// <summary>
/// Regions of the arena that hold ciphertext while closed. What a region owns starts with its <see cref="CryptHeader"/>. Beginning and end belong to the allocator,
/// which holds the lock of the records; opening and closing to <see cref="RegionWindows"/>.
/// </summary>
internal static unsafe class RegionCiphers
{
    /// <summary>Bytes before a region, for its header.</summary>
    /// <param name="alignment">The region's, a power of two.</param>
    public static ulong LengthBefore(ulong alignment) => Math.Max(CryptHeader.Length, alignment);

    /// <summary>Refuses what cannot be kept encrypted, before anything is allocated.</summary>
    /// <returns>That the region is too large, or that the alignment or the limit makes no sense; to be thrown when the lock is free.</returns>
    public static Exception? Refuse(in RegionRequest request) =>
        request.Alignment > ArenaGeometry.PageLength
            ? OutOfRange(nameof(SafeRegionOptions.Alignment), request.Alignment, $"The alignment of a region of the method crypt is at most a page, {ArenaGeometry.PageLength} bytes.")
            : request.MaxRegionSize is < 1 or > CryptLimits.MostBytes
                ? OutOfRange(nameof(SafeRegionOptions.MaxRegionSize), request.MaxRegionSize, $"The largest region of the method crypt has from 1 to {CryptLimits.MostBytes} bytes.")
                : CryptRefusals.Find((int)Math.Min(request.Length, int.MaxValue), request.MaxRegionSize);

    /// <summary>Encrypts a fresh region, which is closed then.</summary>
    /// <exception cref="PlatformNotSupportedException">The processor lacks instructions, or a library is missing.</exception>
    /// <exception cref="SafeRegionException">The kernel refuses something.</exception>
    public static void Begin(ArenaHeader* arena, uint index, in RegionRequest request)
    {
        RegionDescriptor* region = ArenaHeader.Descriptor(arena, index);
        ArenaTables.Grow(arena, arena->Geometry.CipherTable, ref arena->CipherBytesCommitted, (index + 1UL) * (ulong)sizeof(RegionCipher));
        var options = new CryptRegionOptions
        {
            Name = request.Name.Length == 0 ? null : request.Name,
            IsAuthenticated = request.IsAuthenticated,
            MaxRegionSize = request.MaxRegionSize,
        };
        *At(arena, index) = CryptRegion.Over((ulong)arena + region->ExtentOffset, (ulong)arena + region->Offset, (int)region->Length, options).Cipher;
        MappingBudget.Add(arena, region, RegionTraits.Encrypted);
    }

    /// <summary>Ends a region that no window has any more: its code goes, and the keys with it. The caller overwrites the rest.</summary>
    /// <returns>Why the code stays, if it does.</returns>
    public static SystemCallFailure? End(ArenaHeader* arena, uint index)
    {
        RegionCipher* cipher = At(arena, index);
        RegionWindows.Forget(arena, index);
        SystemCallFailure? stayed = AddressSpace.Release(cipher->Code, cipher->CodeLength);
        if (cipher->TagAddress != 0)
        {
            TagPlaces.Return(new TagPlace(cipher->TagAddress, cipher->TagFile, cipher->TagOffset));
        }

        *cipher = default;
        return stayed;
    }

    /// <summary>Opens a region, or counts one more window. The caller holds <see cref="ArenaLockWord.Windows"/>.</summary>
    public static void Open(ArenaHeader* arena, uint index) => FailUnlessDone(arena, index, (CryptResult)At(arena, index)->Open());

    /// <summary>Counts one window less, and encrypts the region behind the last. The caller holds <see cref="ArenaLockWord.Windows"/>.</summary>
    public static void Close(ArenaHeader* arena, uint index) => FailUnlessDone(arena, index, (CryptResult)At(arena, index)->Close());

    private static RegionCipher* At(ArenaHeader* arena, uint index) => (RegionCipher*)((byte*)arena + arena->Geometry.CipherTable) + index;

    private static void FailUnlessDone(ArenaHeader* arena, uint index, CryptResult result)
    {
        if (result != CryptResult.Done)
        {
            string name = RegionNames.Read(ArenaHeader.Descriptor(arena, index));
            Environment.FailFast(CryptFailure.Describe(result, name.Length == 0 ? null : name));
        }
    }

    private static ArgumentOutOfRangeException OutOfRange(string option, object value, string limit) => new(option, value, limit);
}
