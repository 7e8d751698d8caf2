namespace MemSentry.Attacks.Fixtures;

/// <summary>A good base and an offset of the attacker's choice: the typical wild access.</summary>
public static unsafe class Offsets
{
    [LoadAttack("ldind.u1")]
    public static ulong IndexOf64Bits(nint address)
    {
        byte* buffer = stackalloc byte[16];
        return buffer[address - (nint)buffer];
    }

    [StoreAttack("stind.i1")]
    public static void StoreAtIndexOf64Bits(nint address, ulong value)
    {
        byte* buffer = stackalloc byte[16];
        buffer[address - (nint)buffer] = (byte)value;
    }

    [LoadAttack("ldind.u1")]
    public static ulong UnsignedIndexFromNull(nint address)
    {
        byte* none = null;
        return none[(nuint)address];
    }

    [LoadAttack("ldind.i8")]
    public static ulong ScaledIndex(nint address)
    {
        // The base is chosen so that base + 8 * index is exactly the address.
        ulong* buffer = stackalloc ulong[16];
        return buffer[(address - (nint)buffer) / sizeof(ulong)];
    }

    [LoadAttack("ldind.u1")]
    public static ulong FixedArray(nint address)
    {
        byte[] array = new byte[16];
        fixed (byte* start = array)
            return start[address - (nint)start];
    }

    [StoreAttack("stind.i1")]
    public static void StoreFromFixedArray(nint address, ulong value)
    {
        byte[] array = new byte[16];
        fixed (byte* start = array)
            start[address - (nint)start] = (byte)value;
    }

    [LoadAttack("ldind.u2")]
    public static ulong FixedString(nint address)
    {
        fixed (char* start = "MemSentry")
            return start[(address - (nint)start) / sizeof(char)];
    }

    [LoadAttack("ldind.u1")]
    public static ulong FixedSizeBuffer(nint address)
    {
        Packet packet = default;
        return packet.Payload[address - (nint)packet.Payload];
    }

    [StoreAttack("stind.i1")]
    public static void StoreInFixedSizeBuffer(nint address, ulong value)
    {
        Packet packet = default;
        packet.Payload[address - (nint)packet.Payload] = (byte)value;
    }

    [LoadAttack("add.ovf.un ldind.u1")]
    public static ulong CheckedArithmetic(nint address)
    {
        byte* low = (byte*)1;
        return checked(*(low + (nuint)(address - 1)));
    }

    [LoadAttack("ldind.u1")]
    public static ulong ManySmallSteps(nint address)
    {
        // 4096 steps: no single one leaves the reach of a check, the sum does.
        byte* cursor = stackalloc byte[16];
        nint step = (address - (nint)cursor) / 4096;
        nint rest = (address - (nint)cursor) % 4096;
        for (int i = 0; i < 4096; i++)
            cursor += step;
        return cursor[rest];
    }

    [LoadAttack("ldfld")]
    public static ulong IntegerIndexTimesBigElement(nint address)
    {
        // int index, 64 KiB elements: the product needs 47 bits.
        Block* blocks = (Block*)((nuint)address & 0xFFFF);
        int index = (int)(address >> 16);
        return blocks[index].First;
    }

    [LoadAttack("ldind.u1")]
    public static ulong DifferenceOfPointers(nint address)
    {
        byte* buffer = stackalloc byte[16];
        byte* target = (byte*)address;
        long distance = target - buffer;
        return *(buffer + distance);
    }

    private struct Packet
    {
        public fixed byte Payload[16];
    }

    private struct Block
    {
        public byte First;
        private fixed byte _rest[65535];
    }
}
