using System.Runtime.CompilerServices;

namespace MemSentry.Attacks.Outside;

/// <summary>Code of an assembly that nobody weaves: whatever address it gets, it uses.</summary>
public unsafe class Outsider
{
    private readonly ulong* _kept;

    /// <summary>Keeps nothing.</summary>
    public Outsider()
    {
    }

    /// <summary>Keeps a pointer for later.</summary>
    public Outsider(ulong* pointer) => _kept = pointer;

    public static ulong Read(ulong* pointer) => *pointer;

    public static void Write(ulong* pointer, ulong value) => *pointer = value;

    public static ulong ReadAt(nint address) => *(ulong*)address;

    public static void WriteAt(nint address, ulong value) => *(ulong*)address = value;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ulong ReadReference(ref ulong reference) => reference;

    public static ulong ReadAmong(nint address, int a, double b, long c, object? d) =>
        *(ulong*)address + (ulong)a + (ulong)b + (ulong)c + (d is null ? 0UL : 1UL) - 6;

    public virtual ulong ReadVirtually(ulong* pointer) => *pointer;

    public virtual void WriteVirtually(ulong* pointer, ulong value) => *pointer = value;

    public virtual ulong ReadKept() => *_kept;
}
