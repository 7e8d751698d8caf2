namespace MemSentry.Fuzzing.Generation.Vocabulary;

/// <summary>The ways to read and write memory. In IL the first four are instructions; the others are calls of a member that does it.</summary>
public static class Routes
{
    /// <summary>One indirection.</summary>
    public const string Plain = "Plain";

    /// <summary>One volatile indirection.</summary>
    public const string Volatile = "Volatile";

    /// <summary>One unaligned indirection.</summary>
    public const string Unaligned = "Unaligned";

    /// <summary>Through a managed reference.</summary>
    public const string Reference = "Reference";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Route> All { get; } =
    [
        new(Plain, "*({T}*){p}", "*({T}*){p} = {v}"),
        new(Volatile, "System.Threading.Volatile.Read(ref *({T}*){p})", "System.Threading.Volatile.Write(ref *({T}*){p}, {v})"),
        new(Unaligned, "Unsafe.ReadUnaligned<{T}>({p})", "Unsafe.WriteUnaligned({p}, {v})"),
        new(Reference, "Prelude.Read(ref *({T}*){p})", "Prelude.Write(ref *({T}*){p}, {v})"),
        new("Indexed", "(({T}*){p})[1]", "(({T}*){p})[1] = {v}"),
        new("IndexedDown", "(({T}*){p})[-1]", "(({T}*){p})[-1] = {v}"),
        new("Unsafe", "Unsafe.Read<{T}>({p})", "Unsafe.Write({p}, {v})"),
        new("AsRef", "Unsafe.AsRef<{T}>({p})", "Unsafe.AsRef<{T}>({p}) = {v}"),
        new("UnsafeAdd", "Unsafe.Add(ref *({T}*){p}, 1)", "Unsafe.Add(ref *({T}*){p}, 1) = {v}"),
        new("UnsafeSubtract", "Unsafe.SubtractByteOffset(ref *({T}*){p}, (nint)8)", "Unsafe.SubtractByteOffset(ref *({T}*){p}, (nint)8) = {v}"),
        new("Span", "new Span<{T}>({p}, 3)[1]", "new Span<{T}>({p}, 3)[1] = {v}"),
        new("SpanSlice", "new ReadOnlySpan<{T}>({p}, 3).Slice(1)[0]", "new Span<{T}>({p}, 3).Slice(1)[0] = {v}"),
        new("MarshalSpan", "MemoryMarshal.Read<{T}>(new ReadOnlySpan<byte>({p}, 16))", "MemoryMarshal.Write(new Span<byte>({p}, 16), {v})"),
        new("Cast", "MemoryMarshal.Cast<byte, {T}>(new Span<byte>({p}, 16))[0]", "MemoryMarshal.Cast<byte, {T}>(new Span<byte>({p}, 16))[0] = {v}"),
        new("CreateSpan", "MemoryMarshal.CreateSpan(ref *({T}*){p}, 2)[1]", "MemoryMarshal.CreateSpan(ref *({T}*){p}, 2)[1] = {v}"),
        new("Generic", "Slot<{T}>.Get({p})", "Slot<{T}>.Set({p}, {v})"),
        new("GenericStructure", "Prelude.Reached<{T}>({p})", "Prelude.Reach({p}, {v})"),
        new("Returned", "Prelude.Returned<{T}>({p})", "Prelude.Returned<{T}>({p}) = {v}"),
        new("Inlined", "Prelude.Inlined<{T}>({p})", "Prelude.Inline({p}, {v})"),
        new("Accessor", "Accessors.@{T}({p}, 1)", "(({T}*){p})[1] = {v}"),
        new("FunctionPointer", "((delegate*<byte*, {T}>)&Slot<{T}>.Get)({p})", "((delegate*<byte*, {T}, void>)&Slot<{T}>.Set)({p}, {v})"),
        new("Interface", "Prelude.Reader().Read<{T}>({p})", "Prelude.Reader().Write({p}, {v})"),
        new("Structure", "((Pair<{T}>*){p})->Second", "((Pair<{T}>*){p})->Second = {v}"),
        new("NativeArray", "((delegate*<byte*, nint, {T}>)&Slot<{T}>.At)({p}, 1)", "Slot<{T}>.Put({p}, 1, {v})"),
    ];

    /// <summary>The route of a name.</summary>
    public static Route Of(string name) => All.First(r => r.Name == name);
}
