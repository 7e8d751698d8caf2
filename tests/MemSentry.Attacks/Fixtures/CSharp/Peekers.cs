namespace MemSentry.Attacks.Fixtures;

/// <summary>Types whose members are the vulnerable ones.</summary>
internal readonly unsafe struct Peeker
{
    private readonly nint _address;

    public Peeker(nint address) => _address = address;

    public ulong Value
    {
        [Accomplice]
        get => *(ulong*)_address;

        [Accomplice]
        set => *(ulong*)_address = value;
    }

    public ulong this[int index]
    {
        [Accomplice]
        get => ((ulong*)_address)[index];
    }

    [Accomplice]
    public static ulong operator +(Peeker peeker) => *(ulong*)peeker._address;
}

internal unsafe class Copier
{
    [Accomplice]
    public Copier(nint address) => Seen = *(ulong*)address;

    public ulong Seen { get; }
}

internal sealed class DerivedCopier : Copier
{
    [Accomplice]
    public DerivedCopier(nint address)
        : base(address)
    {
    }
}

internal interface IPeeking
{
    [Accomplice]
    unsafe ulong Peek(ulong address) => *(ulong*)address;
}

internal sealed class Peeking : IPeeking;

internal interface IPeekingStatically
{
    static abstract ulong Peek(ulong address);
}

internal sealed unsafe class Static : IPeekingStatically
{
    [Accomplice]
    public static ulong Peek(ulong address) => *(ulong*)address;
}

internal static unsafe class Generic<T>
    where T : unmanaged
{
    [Accomplice]
    public static T Get(nint address) => *(T*)address;
}
