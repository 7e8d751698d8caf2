namespace MemSentry.Native.ProtectionKeys;

/// <summary>Pages with a protection key.</summary>
/// <param name="Address">First byte.</param>
/// <param name="Length">Bytes, a multiple of a page.</param>
/// <param name="WhyNotSecret">Why the kernel can read them; <see langword="null"/> if it cannot.</param>
internal sealed record KeyedMemory(ulong Address, ulong Length, SystemCallFailure? WhyNotSecret)
{
    /// <summary>Maps clear pages wherever the kernel likes, and gives them the key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="length">Bytes, a multiple of a page.</param>
    /// <param name="memory">The result; <see langword="null"/> after a failure.</param>
    public static SystemCallFailure? Create(int key, ulong length, out KeyedMemory? memory)
    {
        memory = null;
        SystemCallFailure? failure = AddressSpace.ReserveAnywhere(length, out ulong address) ?? Replace(key, address, length, out memory);
        if (failure is not null && address != 0)
        {
            AddressSpace.Release(address, length);
        }

        return failure;
    }

    /// <summary>
    /// Replaces pages that are reserved already by clear ones - secret where the kernel has that, anonymous elsewhere - and gives them the key. After a failure
    /// they may have neither.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="address">First byte, page-aligned.</param>
    /// <param name="length">Bytes, a multiple of a page.</param>
    /// <param name="memory">The result; <see langword="null"/> after a failure.</param>
    public static SystemCallFailure? Replace(int key, ulong address, ulong length, out KeyedMemory? memory)
    {
        SystemCallFailure? whyNotSecret = SecretMemory.Map(address, length);

        // When it refuses secret memory (RLIMIT_MEMLOCK), the kernel has already unmapped what was there.
        SystemCallFailure? failure = (whyNotSecret is null ? null : AddressSpace.ReserveAgain(address, length))
            ?? KeyCalls.Protect(address, length, MemoryProtection.ReadWrite, key)
            ?? AddressSpace.Advise(address, length, MemoryAdvice.DontFork)
            ?? (whyNotSecret is null ? null : AddressSpace.Advise(address, length, MemoryAdvice.DontDump));
        memory = failure is null ? new KeyedMemory(address, length, whyNotSecret) : null;
        return failure;
    }

    /// <summary>Whether the kernel says that all pages have the key. A sandbox can let calls succeed without doing anything.</summary>
    public bool IsConfirmed(KeyMap map, int key) => map.Confirms(Address, Address + Length, key);
}
