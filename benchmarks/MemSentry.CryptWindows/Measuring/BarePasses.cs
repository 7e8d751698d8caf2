using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MemSentry.Native;
using MemSentry.Native.Crypt;
using MemSentry.Native.Faults;

namespace MemSentry.CryptWindows.Measuring;

/// <summary>The transform of the stubs over a range, without anything around it: decrypts and encrypts, so that the range is what it was.</summary>
internal sealed unsafe class BarePasses
{
    private readonly delegate* unmanaged<byte*, void> _encrypt;
    private readonly delegate* unmanaged<byte*, void> _decrypt;

    /// <summary>Makes them.</summary>
    /// <exception cref="PlatformNotSupportedException">The kernel refuses the pages.</exception>
    public BarePasses(CipherForm form, ulong address, int length, bool hashes)
    {
        StubCode stub = PassAssembler.Assemble(form, address, length, hashes);
        SystemCallFailure? failure = ExecutablePages.Create(stub.Bytes.Length, _ => Complete(stub), out ulong code);
        if (failure is not null)
            throw new PlatformNotSupportedException(failure.ToString());

        _encrypt = (delegate* unmanaged<byte*, void>)(code + (ulong)stub.Entries[0]);
        _decrypt = (delegate* unmanaged<byte*, void>)(code + (ulong)stub.Entries[1]);
    }

    /// <summary>One pass in each direction.</summary>
    public void Run()
    {
        byte* counterAndHash = stackalloc byte[32];
        _decrypt(counterAndHash);
        _encrypt(counterAndHash);
    }

    /// <summary>Under any key: how long it takes does not depend on it.</summary>
    private static byte[] Complete(StubCode stub)
    {
        var secrets = new Vector128<byte>[SecretLayout.Count];
        SecretBlocks.Fill(secrets, Vector128.Create((byte)1), Vector128.Create((byte)2), Vector128.Create((byte)3));
        byte[] code = [.. stub.Bytes];
        foreach (SecretPosition position in stub.Secrets)
            Unsafe.WriteUnaligned(ref code[position.Offset], secrets[position.Block].AsUInt64()[position.IsHigh ? 1 : 0]);

        return code;
    }
}
