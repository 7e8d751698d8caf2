using System.Runtime.Intrinsics;
using MemSentry.Native.Faults;

namespace MemSentry.Native.Crypt;

/// <summary>The two stubs of a region, with its keys in them, ready to be called.</summary>
/// <remarks>
/// They are called as ordinary native code, during which the collector sends no signals to the thread: a signal would leave all registers, keys among them, on
/// the stack.
/// </remarks>
internal sealed unsafe class CryptStubs
{
    private readonly ulong _address;
    private readonly ulong _length;
    private readonly delegate* unmanaged<int> _open;
    private readonly delegate* unmanaged<int> _close;

    private CryptStubs(StubCode code, ulong address, SystemCallFailure? lockFailure)
    {
        WhyNotLocked = lockFailure;
        _address = address;
        _length = ExecutablePages.LengthOf(code.Bytes.Length);
        _open = (delegate* unmanaged<int>)(address + (ulong)code.Entries[0]);
        _close = (delegate* unmanaged<int>)(address + (ulong)code.Entries[1]);
    }

    /// <summary>First byte of the pages, which are executable, and readable only where the processor cannot close them to reads.</summary>
    public ulong Address => _address;

    /// <summary>Bytes of those pages.</summary>
    public ulong Length => _length;

    /// <summary>Opens the region: answers a <see cref="CryptResult"/>.</summary>
    public delegate* unmanaged<int> OpenEntry => _open;

    /// <summary>Closes it: answers a <see cref="CryptResult"/>.</summary>
    public delegate* unmanaged<int> CloseEntry => _close;

    /// <summary>Why the kernel may write the keys to swap; <see langword="null"/> if it may not.</summary>
    public SystemCallFailure? WhyNotLocked { get; }

    /// <summary>Puts code and secrets into pages.</summary>
    /// <param name="code">What <see cref="CryptStubAssembler"/> has made.</param>
    /// <param name="secrets">The blocks of <see cref="SecretLayout"/>.</param>
    /// <param name="stubs">The result; <see langword="null"/> after a failure.</param>
    public static SystemCallFailure? Create(StubCode code, Vector128<byte>* secrets, out CryptStubs? stubs)
    {
        SystemCallFailure? lockFailure = null;
        SystemCallFailure? failure = ExecutablePages.Create(
            code.Bytes.Length,
            _ => code.Bytes,
            out ulong address,
            at =>
            {
                lockFailure = Keep(at, ExecutablePages.LengthOf(code.Bytes.Length));
                Complete(code, secrets, at);
            },
            MemoryProtection.Execute,
            isPermanent: false);
        stubs = failure is null ? new CryptStubs(code, address, lockFailure) : null;
        return failure;
    }

    /// <summary>Opens the region, or counts one more reader.</summary>
    public CryptResult Open() => (CryptResult)_open();

    /// <summary>Counts one reader less, and closes the region behind the last.</summary>
    public CryptResult Close() => (CryptResult)_close();

    /// <summary>Gives the pages back, and the keys with them.</summary>
    public SystemCallFailure? Release() => AddressSpace.Release(_address, _length);

    /// <summary>Out of core dumps, out of children of fork - which would not inherit the lock either - and, where the limit allows, out of swap.</summary>
    private static SystemCallFailure? Keep(ulong address, ulong length)
    {
        AddressSpace.Advise(address, length, MemoryAdvice.DontDump);
        AddressSpace.Advise(address, length, MemoryAdvice.DontFork);
        return AddressSpace.Lock(address, length);
    }

    private static void Complete(StubCode code, Vector128<byte>* secrets, ulong address)
    {
        foreach (SecretPosition position in code.Secrets)
        {
            Vector128<ulong> block = secrets[position.Block].AsUInt64();
            *(ulong*)(address + (ulong)position.Offset) = block[position.IsHigh ? 1 : 0];
        }
    }
}
