using Iced.Intel;
using static MemSentry.Native.Crypt.Emission.VectorRegisters;

namespace MemSentry.Native.Crypt.Emission;

/// <summary>
/// POLYVAL (RFC 8452, section 3): the blocks are coefficients of a polynomial over GF(2^128), whose value at the secret hash key is the hash.
/// </summary>
/// <remarks>
/// The products of up to 16 blocks are added up before they are reduced. The reduction is Montgomery's: two products with the upper half of the field's
/// polynomial (S. Gueron, "AES-GCM-SIV implementations", 2016).
/// </remarks>
internal sealed class HashEmitter(StubWriter writer)
{
    private const ulong FieldPolynomial = 0xc200000000000000;
    private const byte SwapHalves = 0b01_00_11_10;

    private readonly Lanes _single = new(writer, VectorCodes.Single);

    private Assembler Code => writer.Code;

    /// <summary>Starts with a block in a register.</summary>
    public void Begin(int block)
    {
        Code.vpxor(Xmm(State), Xmm(State), Xmm(State));
        Multiply(_single, block, index: 0, vectors: 1);
        Reduce(_single);
    }

    /// <summary>Takes in a vector of a group.</summary>
    /// <param name="lanes">Of the group.</param>
    /// <param name="vector">Its register, which is lost if it is the first of the group.</param>
    /// <param name="index">Its place in the group.</param>
    /// <param name="vectors">Vectors of the group.</param>
    public void Multiply(Lanes lanes, int vector, int index, int vectors)
    {
        lanes.LoadPowers(Key, (vectors - index) * lanes.Blocks, Spare);
        if (index == 0)
        {
            // Only the first block of the group meets the hash so far: the upper lane of the state is clear.
            lanes.Xor(vector, vector, State);
            lanes.Multiply(Low, vector, Key, 0x00);
            lanes.Multiply(High, vector, Key, 0x11);
            lanes.Multiply(Middle, vector, Key, 0x01);
        }
        else
        {
            AddProduct(lanes, Low, vector, 0x00);
            AddProduct(lanes, High, vector, 0x11);
            AddProduct(lanes, Middle, vector, 0x01);
        }

        AddProduct(lanes, Middle, vector, 0x10);
    }

    /// <summary>Ends a group: the sums become the hash so far.</summary>
    public void Reduce(Lanes lanes)
    {
        lanes.Fold(Low, Spare);
        lanes.Fold(High, Spare);
        lanes.Fold(Middle, Spare);
        Code.vpslldq(Xmm(Spare), Xmm(Middle), 8);
        Code.vpxor(Xmm(Low), Xmm(Low), Xmm(Spare));
        Code.vpsrldq(Xmm(Spare), Xmm(Middle), 8);
        Code.vpxor(Xmm(High), Xmm(High), Xmm(Spare));
        writer.LoadConstant(Xmm(Key), FieldPolynomial, 0);
        ReduceHalf();
        ReduceHalf();
        Code.vpxor(Xmm(State), Xmm(Low), Xmm(High));
    }

    private void ReduceHalf()
    {
        _single.Multiply(Spare, Low, Key, 0x00);
        Code.vpshufd(Xmm(Low), Xmm(Low), SwapHalves);
        Code.vpxor(Xmm(Low), Xmm(Low), Xmm(Spare));
    }

    private static void AddProduct(Lanes lanes, int sum, int vector, int halves)
    {
        lanes.Multiply(Spare, vector, Key, halves);
        lanes.Xor(sum, sum, Spare);
    }
}
