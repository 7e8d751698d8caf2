using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace MemSentry.Native.Crypt.Emission;

/// <summary>
/// Draws a nonce into xmm0 by RDRAND. A counter would need memory, and what lies in memory can be set back: then one keystream would hide two texts.
/// </summary>
internal sealed class NonceEmitter(StubWriter writer)
{
    /// <summary>What Intel recommends (SDM volume 1, 7.3.17.1).</summary>
    private const int Attempts = 10;

    private Assembler Code => writer.Code;

    /// <summary>112 random bits, then zeros where blocks are counted. Uses rax, rcx and rdx.</summary>
    public void Draw(Label failed)
    {
        Draw(rax, failed);
        Draw(rdx, failed);
        Code.shl(rdx, CryptLimits.CounterBits);
        Code.shr(rdx, CryptLimits.CounterBits);
        Code.vmovq(xmm0, rax);
        Code.vpinsrq(xmm0, xmm0, rdx, 1);
    }

    /// <summary>
    /// Some processors have answered all ones with a set carry after the machine had slept, for ever: that is a failure, too. To refuse it of a good one costs
    /// one number in 2^64.
    /// </summary>
    private void Draw(AssemblerRegister64 to, Label failed)
    {
        Label attempt = Code.CreateLabel();
        Label again = Code.CreateLabel();
        Label drawn = Code.CreateLabel();
        Code.mov(ecx, Attempts);
        Code.Label(ref attempt);
        Code.rdrand(to);
        Code.jae(again);
        Code.cmp(to, -1);
        Code.jne(drawn);
        Code.Label(ref again);
        Code.dec(ecx);
        Code.jne(attempt);
        Code.jmp(failed);
        Code.Label(ref drawn);
    }
}
