using MemSentry.Native.ProtectionKeys;

namespace MemSentry.Native.Faults;

/// <summary>Memory for machine code: writable until the code is in it, then executable for ever. Never both.</summary>
internal static unsafe class ExecutablePages
{
    private const ulong PageLength = 4096;

    /// <summary>Puts code into pages of its own.</summary>
    /// <param name="length">Bytes that the code has, wherever it lies.</param>
    /// <param name="emit">Gives the code for an address.</param>
    /// <param name="address">Where it lies now; 0 after a failure.</param>
    /// <param name="complete">Changes the code in place before it is closed to writes.</param>
    /// <param name="protection">Its rights from then on.</param>
    /// <param name="isPermanent">Whether the kernel is to refuse every later change, the release included.</param>
    /// <param name="key">
    /// A protection key that closes the code to loads, 0 for none: fetching instructions is no access to data (Intel SDM volume 3, 4.6.2), so it is execute-only. Pages without the right to
    /// read are that, too, but the kernel takes a key of its own for them.
    /// </param>
    public static SystemCallFailure? Create(
        int length,
        Func<ulong, byte[]> emit,
        out ulong address,
        Action<ulong>? complete = null,
        MemoryProtection protection = MemoryProtection.ReadExecute,
        bool isPermanent = true,
        int key = 0)
    {
        ulong rounded = LengthOf(length);
        SystemCallFailure? failure = AddressSpace.ReserveAnywhere(rounded, out address);
        if (failure is not null)
        {
            return failure;
        }

        failure = AddressSpace.Protect(address, rounded, MemoryProtection.ReadWrite);
        if (failure is null)
        {
            emit(address).CopyTo(new Span<byte>((void*)address, length));
            complete?.Invoke(address);
            failure = key == 0 ? AddressSpace.Protect(address, rounded, protection) : KeyCalls.Protect(address, rounded, protection, key);
        }

        if (failure is not null)
        {
            AddressSpace.Release(address, rounded);
            address = 0;
            return failure;
        }

        // Kernels before 6.10 cannot; the status says so for the guards already, and the code works all the same.
        if (isPermanent)
        {
            AddressSpace.Seal(address, rounded);
        }

        return null;
    }

    /// <summary>Bytes of the pages that code of a length gets.</summary>
    public static ulong LengthOf(int length) => ((ulong)length + PageLength - 1) & ~(PageLength - 1);
}
