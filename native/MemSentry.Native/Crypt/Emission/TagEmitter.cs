using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;
using static MemSentry.Native.Crypt.Emission.VectorRegisters;

namespace MemSentry.Native.Crypt.Emission;

/// <summary>
/// Makes tags and seals in xmm0: AES-128 under a key of its own, as a pseudo-random function of one block. Bit 127 of the block is 0 for the hash of a ciphertext
/// and 1 for a reader count, so that one is never taken for the other. Uses rax.
/// </summary>
internal sealed class TagEmitter(StubWriter writer, TagPlace place)
{
    private const ulong DomainBit = 1UL << 63;
    private const int SystemCallWriteAt = 18;
    private const int TagLength = 16;

    private readonly CipherEmitter _cipher = new(new Lanes(writer, VectorCodes.Single));

    private Assembler Code => writer.Code;

    /// <summary>The tag of the hash in <see cref="State"/>.</summary>
    public void Tag()
    {
        LoadDomainBit();
        Code.vpandn(xmm0, Xmm(Key), Xmm(State));
        _cipher.Emit(SecretLayout.Tag, 1);
    }

    /// <summary>The seal of the reader count in edx, for the time until the kernel gets another tag. Uses r8.</summary>
    public void Seal()
    {
        Code.mov(r8, place.Address);
        Code.vmovdqu(xmm0, __[r8]);
        Code.vmovd(Xmm(Data), edx);
        Code.vpxor(xmm0, xmm0, Xmm(Data));
        LoadDomainBit();
        Code.vpor(xmm0, xmm0, Xmm(Key));
        _cipher.Emit(SecretLayout.Tag, 1);
    }

    /// <summary>Jumps if xmm0 is not the tag that the kernel has.</summary>
    public void JumpUnlessKept(Label target)
    {
        Code.mov(r8, place.Address);
        Code.vpxor(xmm0, xmm0, __[r8]);
        Code.vptest(xmm0, xmm0);
        Code.jne(target);
    }

    /// <summary>
    /// Has the kernel keep the tag in xmm0. What it copies lies on the stack for a moment, where another thread could change it: so the caller compares
    /// afterwards. Uses rcx, rdx, rsi, rdi, r10, r11; the kernel keeps vector registers.
    /// </summary>
    public void Keep(Label failed)
    {
        Code.sub(rsp, TagLength);
        Code.vmovdqu(__[rsp], xmm0);
        Code.mov(edi, place.File);
        Code.mov(rsi, rsp);
        Code.mov(edx, TagLength);
        Code.mov(r10d, place.Offset);
        Code.mov(eax, SystemCallWriteAt);
        Code.syscall();
        Code.add(rsp, TagLength);
        Code.cmp(rax, TagLength);
        Code.jne(failed);
    }

    private void LoadDomainBit()
    {
        writer.LoadConstant(Xmm(Key), 0, DomainBit);
    }
}
