using MemSentry.Native.Faults;

namespace MemSentry.Native.ProtectionKeys;

/// <summary>The stubs of a key, in pages that are written once and then only executed, ready to be called.</summary>
internal sealed unsafe class KeyStubs
{
    private readonly delegate* unmanaged<void> _open;
    private readonly delegate* unmanaged<void> _openRead;
    private readonly delegate* unmanaged<void> _close;
    private readonly delegate* unmanaged<uint> _read;

    private KeyStubs(KeyStubCode code, ulong address)
    {
        Address = address;
        Code = code;
        _open = (delegate* unmanaged<void>)(address + (ulong)code.Open);
        _openRead = (delegate* unmanaged<void>)(address + (ulong)code.OpenRead);
        _close = (delegate* unmanaged<void>)(address + (ulong)code.Close);
        _read = (delegate* unmanaged<uint>)(address + (ulong)code.Read);
    }

    /// <summary>First byte of the code.</summary>
    public ulong Address { get; }

    /// <summary>Where in it what is.</summary>
    public KeyStubCode Code { get; }

    /// <summary>PKRU of this thread.</summary>
    public uint Register => _read();

    /// <summary>Puts the code into pages of its own, for ever.</summary>
    /// <param name="plan">What the stubs know.</param>
    /// <param name="stubs">The result; <see langword="null"/> after a failure.</param>
    public static SystemCallFailure? Create(KeyStubPlan plan, out KeyStubs? stubs)
    {
        KeyStubCode code = KeyStubAssembler.Assemble(plan);
        SystemCallFailure? failure = ExecutablePages.Create(
            code.Bytes.Length, _ => code.Bytes, out ulong address, protection: MemoryProtection.Execute);
        stubs = failure is null ? new KeyStubs(code, address) : null;
        return failure;
    }

    /// <summary>Gives this thread read and write.</summary>
    public void Open() => _open();

    /// <summary>Gives this thread read, and takes write.</summary>
    public void OpenRead() => _openRead();

    /// <summary>Takes this thread's rights.</summary>
    public void Close() => _close();
}
