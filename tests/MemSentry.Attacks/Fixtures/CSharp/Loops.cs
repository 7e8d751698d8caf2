namespace MemSentry.Attacks.Fixtures;

/// <summary>Loops that are good for a long time, long enough for on-stack replacement, and then are not.</summary>
public static unsafe class Loops
{
    // On-stack replacement starts at 1000 back edges by default; a multiple of it also reaches the optimised body.
    private const int Rounds = 60_000;

    [LoadAttack("ldind.i8")]
    public static ulong LastRoundIsBad(nint address)
    {
        ulong zero = 0;
        ulong sum = 0;
        for (int i = 0; i <= Rounds; i++)
        {
            ulong* pointer = i == Rounds ? (ulong*)address : &zero;
            sum += *pointer;
        }

        return sum;
    }

    [StoreAttack("stind.i8")]
    public static void LastRoundStoresBad(nint address, ulong value)
    {
        ulong local = 0;
        for (int i = 0; i <= Rounds; i++)
        {
            ulong* pointer = i == Rounds ? (ulong*)address : &local;
            *pointer = value;
        }
    }

    [LoadAttack("ldind.i8")]
    public static ulong LinkedList(nint address)
    {
        Node last = new() { Next = (Node*)address };
        Node first = new() { Next = &last };
        ulong seen = 0;
        int hops = 0;
        for (Node* node = &first; hops < 3; node = node->Next, hops++)
            seen = *(ulong*)node;
        return seen;
    }

    [LoadAttack("ldind.u1")]
    public static ulong WalkOverTheEnd(nint address)
    {
        byte* cursor = (byte*)address;
        byte* end = cursor + 8;
        ulong sum = 0;
        while (cursor < end)
            sum = (sum << 8) | *cursor++;
        return sum;
    }

    [StoreAttack("stind.i1")]
    public static void FillOverTheEnd(nint address, ulong value)
    {
        byte* cursor = (byte*)address;
        for (int i = 0; i < 8; i++)
            *cursor++ = (byte)(value >> (8 * i));
    }

    [LoadAttack("ldind.i8")]
    public static ulong PointerSwappedInTheLoop(nint address)
    {
        ulong zero = 0;
        ulong* good = &zero;
        ulong* bad = (ulong*)address;
        ulong sum = 0;
        for (int i = 0; i < 2; i++)
        {
            sum += *good;
            ulong* other = good;
            good = bad;
            bad = other;
        }

        return sum;
    }

    [LoadAttack("ldind.i8")]
    public static ulong DoWhile(nint address)
    {
        ulong* pointer = (ulong*)address;
        ulong seen;
        do
        {
            seen = *pointer;
        }
        while (seen == 0 && address != 0 && pointer == null);
        return seen;
    }

    private struct Node
    {
        public Node* Next;
    }
}
