using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace MemSentry.Native.Crypt;

/// <summary>Draws the keys of a region and hands them to its code, without leaving a copy.</summary>
internal static unsafe class RegionSecrets
{
    private const int Keys = 3;

    /// <summary>Makes the stubs and the header of a region that is open: its first close brings it under way.</summary>
    public static SystemCallFailure? CreateStubs(CryptStubPlan plan, out CryptStubs? stubs) =>
        CreateStubs(plan, CryptStubAssembler.Assemble(plan), out stubs);

    /// <summary>The same with code that was assembled already.</summary>
    public static SystemCallFailure? CreateStubs(CryptStubPlan plan, StubCode code, out CryptStubs? stubs)
    {
        SystemCallFailure? failure = Draw(plan, code, out stubs);
        ClearStack();
        return failure;
    }

    private static SystemCallFailure? Draw(CryptStubPlan plan, StubCode code, out CryptStubs? stubs)
    {
        Vector128<byte>* keys = stackalloc Vector128<byte>[Keys];
        Vector128<byte>* blocks = stackalloc Vector128<byte>[SecretLayout.Count];
        var allKeys = new Span<Vector128<byte>>(keys, Keys);
        var allBlocks = new Span<Vector128<byte>>(blocks, SecretLayout.Count);
        stubs = null;
        try
        {
            if (LibC.GetRandom(keys, Keys * 16, 0) != Keys * 16)
            {
                return new SystemCallFailure("getrandom", (Errno)Marshal.GetLastPInvokeError());
            }

            SecretBlocks.Fill(allBlocks, keys[0], keys[1], keys[2]);
            var header = (CryptHeader*)plan.Header;
            *header = default;
            header->Count = 1;
            if (plan.Tag is { } tag)
            {
                Unsafe.WriteUnaligned(header->Seal, SecretBlocks.Seal(allBlocks, Unsafe.ReadUnaligned<Vector128<byte>>((void*)tag.Address), count: 1));
            }

            return CryptStubs.Create(code, blocks, out stubs);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(allKeys));
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(allBlocks));
        }
    }

    /// <summary>What the methods above may have left below: the compiler keeps vectors where it likes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ClearStack()
    {
        Span<byte> below = stackalloc byte[8192];
        CryptographicOperations.ZeroMemory(below);
    }
}
