using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MemSentry.Native;
using MemSentry.Native.Crypt;
using MemSentry.Native.Faults;

namespace MemSentry.Runtime.Tests.Crypt;

/// <summary>The transform of the stubs alone, under keys that the test knows, over a buffer with bytes around it that nobody may touch.</summary>
internal sealed unsafe class Pass : IDisposable
{
    private const int Margin = 64;
    private const byte Untouched = 0xa5;

    private readonly byte* _buffer;
    private readonly int _length;
    private readonly int _start;
    private readonly ulong _code;
    private readonly ulong _codeLength;
    private readonly StubCode _stub;

    public Pass(CipherForm form, int length, byte[] key, byte[]? hashKey = null, int misalignment = 0)
    {
        _length = length;
        _start = Margin + misalignment;
        _buffer = (byte*)NativeMemory.AlignedAlloc((nuint)(length + (3 * Margin)), 64);
        new Span<byte>(_buffer, length + (3 * Margin)).Fill(Untouched);
        _stub = PassAssembler.Assemble(form, (ulong)(_buffer + _start), length, hashKey is not null);
        _codeLength = ExecutablePages.LengthOf(_stub.Bytes.Length);
        var secrets = new Vector128<byte>[SecretLayout.Count];
        SecretBlocks.Fill(secrets, Vector128.Create(key), Vector128<byte>.Zero, Vector128.Create(hashKey ?? new byte[16]));
        Assert.That(ExecutablePages.Create(_stub.Bytes.Length, _ => Complete(_stub, secrets), out _code, isPermanent: false), Is.Null);
    }

    /// <summary>The range.</summary>
    public Span<byte> Data => new(_buffer + _start, _length);

    /// <summary>Whether all bytes around it are as they were.</summary>
    public bool IsMarginUntouched =>
        new ReadOnlySpan<byte>(_buffer, _start).IndexOfAnyExcept(Untouched) < 0
        && new ReadOnlySpan<byte>(_buffer + _start + _length, Margin).IndexOfAnyExcept(Untouched) < 0;

    /// <summary>Encrypts in place; answers the hash.</summary>
    public byte[] Encrypt(byte[] counter) => Run(counter, entry: 0);

    /// <summary>Decrypts in place; answers the hash.</summary>
    public byte[] Decrypt(byte[] counter) => Run(counter, entry: 1);

    public void Dispose()
    {
        AddressSpace.Release(_code, _codeLength);
        NativeMemory.AlignedFree(_buffer);
    }

    private static byte[] Complete(StubCode stub, Vector128<byte>[] secrets)
    {
        byte[] code = [.. stub.Bytes];
        foreach (SecretPosition position in stub.Secrets)
        {
            Unsafe.WriteUnaligned(ref code[position.Offset], secrets[position.Block].AsUInt64()[position.IsHigh ? 1 : 0]);
        }

        return code;
    }

    private byte[] Run(byte[] counter, int entry)
    {
        byte* block = stackalloc byte[32];
        counter.CopyTo(new Span<byte>(block, 16));
        ((delegate* unmanaged<byte*, void>)(_code + (ulong)_stub.Entries[entry]))(block);
        return new Span<byte>(block + 16, 16).ToArray();
    }
}
