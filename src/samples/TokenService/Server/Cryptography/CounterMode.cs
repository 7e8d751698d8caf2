using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using MemSentry;

namespace TokenService.Server.Cryptography;

/// <summary>AES in the counter mode of GCM (NIST SP 800-38D, 6.5), over whole blocks. In optimised code, always, so that what it knows stays in registers.</summary>
internal static unsafe class CounterMode
{
    /// <summary>Encrypts or decrypts in place.</summary>
    /// <param name="schedule">See <see cref="AesSchedule"/>.</param>
    /// <param name="counter">The first counter block: nonce, then 1. The blocks get those behind it.</param>
    /// <param name="blocks">The text.</param>
    [SafeRegionAccess(RegionAccess.Read)]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transform(Vector128<byte>* schedule, Vector128<byte> counter, Span<Vector128<byte>> blocks)
    {
        for (int i = 0; i < blocks.Length; i++)
        {
            Vector128<byte> stream = counter.AsUInt32().WithElement(3, BinaryPrimitives.ReverseEndianness((uint)i + 2)).AsByte() ^ schedule[0];
            for (int round = 1; round < AesSchedule.Rounds; round++)
                stream = Aes.Encrypt(stream, schedule[round]);
            blocks[i] ^= Aes.EncryptLast(stream, schedule[AesSchedule.Rounds]);
        }
    }
}
