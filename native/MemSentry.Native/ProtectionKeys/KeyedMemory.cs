namespace MemSentry.Native.ProtectionKeys;

/// <summary>Pages with a protection key.</summary>
/// <param name="Address">First byte.</param>
/// <param name="Length">Bytes, a multiple of a page.</param>
/// <param name="WhyNotSecret">Why the kernel can read them; <see langword="null"/> if it cannot.</param>
internal sealed record KeyedMemory(ulong Address, ulong Length, SystemCallFailure? WhyNotSecret)
{
    /// <summary>Maps clear pages, secret where the kernel has that and anonymous elsewhere, and gives them the key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="length">Bytes, a multiple of a page.</param>
    /// <param name="memory">The result; <see langword="null"/> after a failure.</param>
    public static SystemCallFailure? Create(int key, ulong length, out KeyedMemory? memory)
    {
        memory = null;
        SystemCallFailure? failure = AddressSpace.ReserveAnywhere(length, out ulong address);
        if (failure is not null)
        {
            return failure;
        }

        SystemCallFailure? whyNotSecret = SecretMemory.Map(address, length);
        failure = KeyCalls.Protect(address, length, MemoryProtection.ReadWrite, key)
            ?? AddressSpace.Advise(address, length, MemoryAdvice.DontFork)
            ?? (whyNotSecret is null ? null : AddressSpace.Advise(address, length, MemoryAdvice.DontDump));
        if (failure is not null)
        {
            AddressSpace.Release(address, length);
            return failure;
        }

        memory = new KeyedMemory(address, length, whyNotSecret);
        return null;
    }

    /// <summary>Whether the kernel says that all pages have the key. A sandbox can let calls succeed without doing anything.</summary>
    public bool IsConfirmed(KeyMap map, int key) => map.Confirms(Address, Address + Length, key);
}
