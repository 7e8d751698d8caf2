namespace MemSentry.Native.Faults;

/// <summary>Memory for machine code: writable until the code is in it, then executable for ever. Never both.</summary>
internal static unsafe class ExecutablePages
{
    private const ulong PageLength = 4096;

    /// <summary>Puts code into pages of its own.</summary>
    /// <param name="length">Bytes that the code has, wherever it lies.</param>
    /// <param name="emit">Gives the code for an address.</param>
    /// <param name="address">Where it lies now; 0 after a failure.</param>
    public static SystemCallFailure? Create(int length, Func<ulong, byte[]> emit, out ulong address)
    {
        ulong rounded = ((ulong)length + PageLength - 1) & ~(PageLength - 1);
        SystemCallFailure? failure = AddressSpace.ReserveAnywhere(rounded, out address);
        if (failure is not null)
        {
            return failure;
        }

        failure = AddressSpace.Protect(address, rounded, MemoryProtection.ReadWrite);
        if (failure is null)
        {
            emit(address).CopyTo(new Span<byte>((void*)address, length));
            failure = AddressSpace.Protect(address, rounded, MemoryProtection.ReadExecute);
        }

        if (failure is not null)
        {
            AddressSpace.Release(address, rounded);
            address = 0;
            return failure;
        }

        // Kernels before 6.10 cannot; the status says so for the guards already, and the code works all the same.
        AddressSpace.Seal(address, rounded);
        return null;
    }
}
