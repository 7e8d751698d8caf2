using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;
using static MemSentry.Native.Crypt.Emission.VectorRegisters;

namespace MemSentry.Native.Crypt.Emission;

/// <summary>
/// AES-128 in counter mode over a range, in place (SP 800-38A, 6.5), and the hash of its ciphertext in the same pass: each byte of the range is read once, so
/// that nobody can change it between being hashed and being decrypted.
/// </summary>
/// <remarks>
/// Expects the first counter block in xmm0; leaves the hash, if there is one, in <see cref="State"/>. Uses rax, rcx, rdx, rdi, r8 and all vector registers.
/// Round keys are loaded anew for each group of vectors: kept in registers they would leave none for the hash, and the loads hide behind the rounds.
/// </remarks>
internal sealed class TransformEmitter
{
    private const int BlockLength = 16;

    private readonly StubWriter _writer;
    private readonly Lanes _single;
    private readonly Lanes _lanes;
    private readonly HashEmitter? _hash;
    private readonly PartialBlockEmitter _partial;
    private readonly bool _encrypts;

    /// <summary>Prepares one direction.</summary>
    /// <param name="writer">Takes the code.</param>
    /// <param name="form">What it is made of.</param>
    /// <param name="encrypts">Whether the result is the ciphertext, which is what is hashed.</param>
    /// <param name="hashes">Whether there is a hash.</param>
    public TransformEmitter(StubWriter writer, CipherForm form, bool encrypts, bool hashes)
    {
        _writer = writer;
        _single = new Lanes(writer, VectorCodes.Single);
        _lanes = form == CipherForm.Double ? new Lanes(writer, VectorCodes.Double) : _single;
        _hash = hashes ? new HashEmitter(writer) : null;
        _partial = new PartialBlockEmitter(writer);
        _encrypts = encrypts;
    }

    private Assembler Code => _writer.Code;

    /// <summary>Emits a pass over a range.</summary>
    public void Emit(ulong address, int length)
    {
        int groupLength = _lanes.Bytes * Streams;
        int blocks = length % groupLength / BlockLength;
        int rest = length % BlockLength;

        _single.LoadReversal(Key);
        _single.Shuffle(Counter, 0, Key);
        _hash?.Begin(0);
        Code.mov(rdi, address);
        if (length >= groupLength)
        {
            _lanes.CountUp(Counter, Spare);
            Repeat(length / groupLength, () => Group(_lanes, Streams));
        }

        Repeat(blocks, () => Group(_single, 1));
        if (rest > 0)
        {
            Rest(rest);
        }
    }

    private void Repeat(int times, Action body)
    {
        if (times == 0)
        {
            return;
        }

        Label next = Code.CreateLabel();
        Code.mov(ecx, times);
        Code.Label(ref next);
        body();
        Code.dec(ecx);
        Code.jne(next);
    }

    private void Group(Lanes lanes, int vectors)
    {
        Keystream(lanes, vectors);
        for (int i = 0; i < vectors; i++)
        {
            int displacement = i * lanes.Bytes;
            lanes.Load(Data, displacement);
            lanes.Xor(i, i, Data);
            lanes.Store(displacement, i);
            _hash?.Multiply(lanes, _encrypts ? i : Data, i, vectors);
        }

        _hash?.Reduce(lanes);
        Code.add(rdi, vectors * lanes.Bytes);
    }

    private void Rest(int length)
    {
        Keystream(_single, 1);
        _partial.Load(Data, length);
        _single.Xor(0, 0, Data);
        _partial.Store(0, length);
        if (_hash is not null)
        {
            _hash.Multiply(_single, _encrypts ? 0 : Data, 0, 1);
            _hash.Reduce(_single);
        }
    }

    private void Keystream(Lanes lanes, int vectors)
    {
        lanes.LoadReversal(Key);
        lanes.LoadStep(Spare);
        for (int i = 0; i < vectors; i++)
        {
            lanes.Shuffle(i, Counter, Key);
            lanes.Add(Counter, Counter, Spare);
        }

        new CipherEmitter(lanes).Emit(SecretLayout.Cipher, vectors);
    }
}
