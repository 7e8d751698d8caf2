using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;
using static MemSentry.Native.Crypt.Emission.VectorRegisters;

namespace MemSentry.Native.Crypt.Emission;

/// <summary>
/// Loads and stores the last 1 to 15 bytes of a range at rdi, and not one byte behind them. A whole block in memory would be simpler, but what is added to it
/// would lie there for others to read. Uses rax, rdx and r8.
/// </summary>
internal sealed class PartialBlockEmitter(StubWriter writer)
{
    private const int HalfLength = 8;

    private Assembler Code => writer.Code;

    /// <summary>Loads the bytes, and zeros for those that are missing.</summary>
    public void Load(int to, int length)
    {
        LoadHalf(rax, 0, Math.Min(length, HalfLength));
        Code.vmovq(Xmm(to), rax);
        if (length > HalfLength)
        {
            LoadHalf(rdx, HalfLength, length - HalfLength);
            Code.vpinsrq(Xmm(to), Xmm(to), rdx, 1);
        }
    }

    /// <summary>Stores the bytes, and clears the others in the register.</summary>
    public void Store(int from, int length)
    {
        bool hasHigh = length > HalfLength;
        Code.vmovq(rax, Xmm(from));
        Truncate(rax, Math.Min(length, HalfLength));
        if (hasHigh)
        {
            Code.vpextrq(rdx, Xmm(from), 1);
            Truncate(rdx, length - HalfLength);
        }

        Code.vmovq(Xmm(from), rax);
        if (hasHigh)
        {
            Code.vpinsrq(Xmm(from), Xmm(from), rdx, 1);
            StoreHalf(rdx, HalfLength, length - HalfLength);
        }

        StoreHalf(rax, 0, Math.Min(length, HalfLength));
    }

    /// <summary>The pieces of a length, the last first: 7 bytes are one at 6, two at 4 and four at 0.</summary>
    private static IEnumerable<(int Offset, int Length)> Pieces(int length) =>
        ((int[])[1, 2, 4, 8]).Where(piece => (length & piece) != 0).Select(piece => (length & -(piece << 1), piece));

    private void LoadHalf(AssemblerRegister64 to, int start, int length)
    {
        Code.xor(r8d, r8d);
        foreach ((int offset, int piece) in Pieces(length))
        {
            LoadPiece(to, start + offset, piece);
            if (piece < HalfLength)
            {
                Code.shl(r8, (byte)(piece * 8));
            }

            Code.or(r8, to);
        }

        Code.mov(to, r8);
    }

    private void LoadPiece(AssemblerRegister64 to, int offset, int length)
    {
        AssemblerRegister32 low = to == rax ? eax : edx;
        switch (length)
        {
            case 1:
                Code.movzx(low, __byte_ptr[rdi + offset]);
                break;
            case 2:
                Code.movzx(low, __word_ptr[rdi + offset]);
                break;
            case 4:
                Code.mov(low, __dword_ptr[rdi + offset]);
                break;
            default:
                Code.mov(to, __qword_ptr[rdi + offset]);
                break;
        }
    }

    private void StoreHalf(AssemblerRegister64 from, int start, int length)
    {
        foreach ((int offset, int piece) in Pieces(length).Reverse())
        {
            switch (piece)
            {
                case 1:
                    Code.mov(__[rdi + start + offset], from == rax ? al : dl);
                    break;
                case 2:
                    Code.mov(__[rdi + start + offset], from == rax ? ax : dx);
                    break;
                case 4:
                    Code.mov(__[rdi + start + offset], from == rax ? eax : edx);
                    break;
                default:
                    Code.mov(__[rdi + start + offset], from);
                    break;
            }

            if (piece < HalfLength)
            {
                Code.shr(from, (byte)(piece * 8));
            }
        }
    }

    private void Truncate(AssemblerRegister64 register, int length)
    {
        if (length < HalfLength)
        {
            Code.mov(r8, (1UL << (length * 8)) - 1);
            Code.and(register, r8);
        }
    }
}
