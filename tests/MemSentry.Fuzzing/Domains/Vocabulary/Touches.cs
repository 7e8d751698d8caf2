namespace MemSentry.Fuzzing.Domains.Vocabulary;

/// <summary>The ways to touch a region.</summary>
public static class Touches
{
    /// <summary>By an element of its span, which works everywhere.</summary>
    public const string Plain = "Plain";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TouchWay> All { get; } =
    [
        new(Plain, "{r}.Span[{i}]", "{r}.Span[{i}] += (byte)h"),
        new("Pointer", "{r}.Pointer[{i}]", "{r}.Pointer[{i}] ^= (byte)h", IsUnsafe: true),
        new("Kept", "(p == null ? p = {r}.Pointer : p)[{i}]", "(p == null ? p = {r}.Pointer : p)[{i}] += 3", IsUnsafe: true),
        new("Structure", "((Pair*){r}.Pointer)->Second", "((Pair*){r}.Pointer)->Second += h", IsUnsafe: true),
        new("Unaligned", "Unsafe.ReadUnaligned<int>({r}.Pointer + {i})", "Unsafe.WriteUnaligned({r}.Pointer + {i}, h)", IsUnsafe: true, IsByFramework: true),
        new("Reference", "{r}.GetReference<byte>()", "{r}.GetReference<byte>()++"),
        new("Volatile", "Volatile.Read(ref {r}.GetReference<int>())", "Volatile.Write(ref {r}.GetReference<int>(), h)", IsByFramework: true),
        new("Wide", "BinaryPrimitives.ReadInt32LittleEndian({r}.Span.Slice({i}, 4))", "BinaryPrimitives.WriteInt32LittleEndian({r}.Span.Slice({i}, 4), h)", IsByFramework: true),
        new("Copy", "{r}.Span.Slice({i}, 4).ToArray()[1]", "{r}.Span.Slice({i}, 4).CopyTo({r}.Span.Slice(32 + {i}))", IsByFramework: true),
        new("Fill", "{r}.Span.Slice(40, 8).IndexOf((byte){i})", "{r}.Span.Slice(40, 8).Fill((byte)h)", IsByFramework: true),
    ];

    /// <summary>The way of a name.</summary>
    public static TouchWay Of(string name) => All.First(w => w.Name == name);
}
