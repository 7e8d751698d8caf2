namespace MemSentry.Fuzzing.Generation.Vocabulary;

/// <summary>The detours of addresses. In IL the first three are instructions; the others are calls of a member that does it.</summary>
public static class Passages
{
    /// <summary>Through a native integer.</summary>
    public const string NativeInteger = "NativeInteger";

    /// <summary>Through a 64-bit integer.</summary>
    public const string Long = "Long";

    /// <summary>Through a managed reference.</summary>
    public const string Reference = "Reference";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Passage> All { get; } =
    [
        new(NativeInteger, "(byte*)(nint){p}"),
        new(Long, "(byte*)(long){p}"),
        new(Reference, "(byte*)Unsafe.AsPointer(ref *{p})"),
        new("Call", "Prelude.Same({p})"),
        new("OpaqueCall", "Prelude.Opaque({p})"),
        new("Span", "(byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(new Span<byte>({p}, 8)))"),
        new("Box", "(byte*)(nint)(object)(nint){p}"),
        new("Xor", "(byte*)(((ulong){p} ^ 0x5a5a5a5a5a5a5a5aUL) ^ 0x5a5a5a5a5a5a5a5aUL)"),
        new("Halves", "(byte*)(((ulong)(uint)((ulong){p} >> 32) << 32) | (uint)(ulong){p})"),
        new("Rotation", "(byte*)BitOperations.RotateRight(BitOperations.RotateLeft((ulong){p}, 13), 13)"),
        new("Wrapper", "new Wrapper({p}).Address"),
        new("ReferenceCall", "(byte*)Unsafe.AsPointer(ref Prelude.Returned<byte>({p}))"),
        new("FunctionPointer", "((delegate*<byte*, byte*>)&Prelude.Same)({p})"),
        new("ByteOffset", "(byte*)Unsafe.AsPointer(ref Unsafe.AddByteOffset(ref *{p}, (nint)0))"),
        new("Retyped", "(byte*)Unsafe.AsPointer(ref Unsafe.As<byte, long>(ref *{p}))"),
        new("Tuple", "(byte*)Prelude.Swap(0, (nint){p}).First"),
        new("Recursion", "Prelude.Deep({p}, 3)"),
        new("StoringCall", "Prelude.Touch({p}) - 1"),
    ];

    /// <summary>The passage of a name.</summary>
    public static Passage Of(string name) => All.First(p => p.Name == name);
}
