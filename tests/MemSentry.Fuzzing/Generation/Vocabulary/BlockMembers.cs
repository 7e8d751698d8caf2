namespace MemSentry.Fuzzing.Generation.Vocabulary;

/// <summary>The ways to copy and to fill blocks of memory. In IL the first of either is an instruction; the others are calls.</summary>
public static class BlockMembers
{
    /// <summary>The instruction that copies.</summary>
    public const string CopyBlock = "cpblk";

    /// <summary>The instruction that fills.</summary>
    public const string FillBlock = "initblk";

    /// <summary>Those that copy.</summary>
    public static IReadOnlyList<BlockMember> Copies { get; } =
    [
        new(CopyBlock, "Unsafe.CopyBlockUnaligned({p}, {q}, {n})", MayOverlap: false),
        new("MemoryCopy", "Buffer.MemoryCopy({q}, {p}, 64UL, (ulong){n})"),
        new("SpanCopy", "new ReadOnlySpan<byte>({q}, (int){n}).CopyTo(new Span<byte>({p}, 64))"),
        new("NativeCopy", "NativeMemory.Copy({q}, {p}, {n})"),
        new("ReferenceCopy", "Unsafe.CopyBlockUnaligned(ref *{p}, ref *{q}, {n})", MayOverlap: false),
        new("Vector", "Vector128.Store(Vector128.Load<byte>({q}), {p})"),
        new("VectorReference", "Vector256.StoreUnsafe(Vector256.LoadUnsafe<byte>(ref *{q}, (nuint)({n} & 7)), ref *{p})"),
        new("VectorUnaligned", "Sse2.Store({p}, Sse2.LoadVector128({q}))"),
    ];

    /// <summary>Those that fill.</summary>
    public static IReadOnlyList<BlockMember> Fills { get; } =
    [
        new(FillBlock, "Unsafe.InitBlockUnaligned({p}, {q}, {n})"),
        new("SpanFill", "new Span<byte>({p}, (int){n}).Fill({q})"),
        new("NativeFill", "NativeMemory.Fill({p}, {n}, {q})"),
        new("Loop", "Prelude.Fill({p}, {q}, {n})"),
        new("VectorStore", "Vector128.Create({q}).Store({p})"),
    ];

    /// <summary>The member of a name.</summary>
    public static BlockMember Of(string name) => Copies.Concat(Fills).First(m => m.Name == name);
}
