namespace MemSentry.Analysis.Displacement;

/// <summary>
/// Names for values that nothing else is known of: one for each instruction that makes such a value, and one for each variable and stack slot
/// where paths meet and where calls return.
/// <para>
/// A symbol means the value that its place made last. Every way around a loop leads through a block where paths meet, and there all slots are renamed; so no
/// slot ever holds what a symbol meant one round ago.
/// </para>
/// </summary>
internal static class Symbols
{
    /// <summary>No symbol.</summary>
    public const long None = -1;

    /// <summary>The number zero, which is also the null pointer, and lies outside the block.</summary>
    public const long Zero = 0;

    private const int SlotBits = 24;

    /// <summary>The result of an instruction.</summary>
    public static long Made(int instruction) => Place(instruction, 0, 0);

    /// <summary>The instruction whose result a symbol is; null if it is something else.</summary>
    public static int? MakerOf(long symbol) => symbol > Zero && symbol % Made(0) == 0 ? (int)(symbol / Made(0)) - 1 : null;

    /// <summary>What a slot holds where a block begins.</summary>
    public static long AtStart(int instruction, int slot) => Place(instruction, 1, slot);

    /// <summary>What a slot holds behind a call.</summary>
    public static long AfterCall(int instruction, int slot) => Place(instruction, 2, slot);

    /// <summary>What an instruction stores in a variable.</summary>
    public static long Stored(int instruction, int variable) => Place(instruction, 3, variable);

    private static long Place(int instruction, int kind, int slot) => ((((long)instruction + 1) * 4) + kind) << SlotBits | (uint)slot;
}
