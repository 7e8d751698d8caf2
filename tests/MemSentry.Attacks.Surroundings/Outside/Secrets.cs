namespace MemSentry.Attacks.Outside;

/// <summary>The safe region under attack, as an object that any code of the program can lay its hands on.</summary>
public static unsafe class Secrets
{
    /// <summary>The region.</summary>
    public static SafeRegion Region { get; set; } = null!;

    /// <summary>Whether an address lies in it. A plain number: who asks hands out nothing.</summary>
    public static bool IsIn(long address) => (ulong)(address - (long)Region.Pointer) < Region.Length;

    /// <summary>Where in it an address lies, in bytes.</summary>
    public static int OffsetOf(long address) => (int)(address - (long)Region.Pointer);
}
