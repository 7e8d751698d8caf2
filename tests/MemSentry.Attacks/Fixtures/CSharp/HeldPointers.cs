using System.Runtime.CompilerServices;
using MemSentry.Attacks.Outside;

namespace MemSentry.Attacks.Fixtures;

/// <summary>Pointers that a callee keeps for its caller, and that are overwritten there: what was checked before the call is another address behind it.</summary>
public static unsafe class HeldPointers
{
    // On-stack replacement starts at 1000 back edges by default; a multiple of it also reaches the optimised body.
    private const int Rounds = 60_000;

    [LoadAttack("ldind.i8", NotBlockedUnder = "trust=frame"), MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Variable(nint address)
    {
        ulong* pointer = KeptRegisters.Harmless();
        ulong sum = *pointer;
        KeptRegisters.Overwrite(~(nint)pointer, ~address);
        return sum + *pointer;
    }

    [StoreAttack("stind.i8", NotBlockedUnder = "trust=frame"), MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StoredThrough(nint address, ulong value)
    {
        ulong* pointer = KeptRegisters.Harmless();
        *pointer = 0;
        KeptRegisters.Overwrite(~(nint)pointer, ~address);
        *pointer = value;
    }

    [LoadAttack("ldind.i8", NotBlockedUnder = "trust=frame"), MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Structure(nint address)
    {
        Held held = new() { Pointer = KeptRegisters.Harmless() };
        ulong sum = *held.Pointer;
        KeptRegisters.Overwrite(~(nint)held.Pointer, ~address);
        return sum + *held.Pointer;
    }

    [LoadAttack("ldind.i8", NotBlockedUnder = "trust=frame"), MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong RoundOfALoop(nint address)
    {
        ulong* pointer = KeptRegisters.Harmless();
        ulong sum = 0;
        for (int i = 0; i < 3; i++)
        {
            sum += *pointer;
            if (i == 1)
                KeptRegisters.Overwrite(~(nint)pointer, ~address);
        }

        return sum;
    }

    [LoadAttack("ldind.i8")]
    public static ulong LateRoundOfALoop(nint address)
    {
        ulong* pointer = KeptRegisters.Harmless();
        ulong sum = 0;
        for (int i = 0; i <= Rounds; i++)
        {
            sum += *pointer;
            if (i == Rounds - 1)
                KeptRegisters.Overwrite(~(nint)pointer, ~address);
        }

        return sum;
    }

    private struct Held
    {
        public ulong* Pointer;
    }
}
