using Mono.Cecil;

namespace MemSentry.AccessTable;

/// <summary>
/// The framework members that a window may stay open for. They are static or of sealed types, take no delegate, interface or comparer and no <c>Memory&lt;T&gt;</c>
/// (whose owner is anybody's code), and never catch an exception that they throw. Hashes and ciphers are not among them: those of the framework are virtual,
/// and copy keys into native memory; nor is any <c>ToString</c>, which asks a culture that may be anybody's. A member that is not found is foreign.
/// </summary>
public static class DataTable
{
    private static readonly DataRow[] All =
    [
        // The runtime's own: a region's address comes from records that are always readable.
        new("MemSentry.SafeRegion", ["get_Pointer", "get_Length", "get_IsReadOnly", "get_Span", "AsSpan", "GetReference"], DataCallee.Indifferent),
        new("System.Object", [".ctor"], DataCallee.Indifferent),
        new("System.GC", ["KeepAlive"], DataCallee.Indifferent),
        new("System.Runtime.CompilerServices.RuntimeHelpers", ["InitializeArray", "CreateSpan", "IsReferenceOrContainsReferences"], DataCallee.Indifferent),
        new("System.String", ["get_Length", "get_Chars", "op_Implicit", "GetPinnableReference"], DataCallee.Indifferent),

        new("System.Span`1", [".ctor", "get_*", "Slice", "CopyTo", "TryCopyTo", "Clear", "Fill", "op_*", "ToArray", "GetPinnableReference", "GetEnumerator"]),
        new("System.ReadOnlySpan`1", [".ctor", "get_*", "Slice", "CopyTo", "TryCopyTo", "op_*", "ToArray", "GetPinnableReference", "GetEnumerator"]),
        new("System.Span`1/Enumerator", ["MoveNext", "get_Current"]),
        new("System.ReadOnlySpan`1/Enumerator", ["MoveNext", "get_Current"]),
        new("System.MemoryExtensions", ["AsSpan", "CopyTo", "Reverse"]),
        new("System.MemoryExtensions", ["SequenceEqual", "SequenceCompareTo", "IndexOf", "LastIndexOf", "IndexOfAny", "Contains", "StartsWith", "EndsWith"], ComparesElements: true),
        new("System.Runtime.CompilerServices.Unsafe", ["*"]),
        new("System.Runtime.InteropServices.MemoryMarshal", ["AsBytes", "AsRef", "Cast", "CreateReadOnlySpan", "CreateSpan", "GetReference", "Read", "TryRead", "TryWrite", "Write", "GetArrayDataReference"]),
        new("System.Runtime.InteropServices.NativeMemory", ["Clear", "Copy", "Fill"]),
        new("System.Buffer", ["MemoryCopy", "BlockCopy"]),
        new("System.Buffers.Binary.BinaryPrimitives", ["*"]),
        new("System.BitConverter", ["*"]),
        new("System.Numerics.BitOperations", ["*"]),
        new("System.Math", ["*"]),
        new("System.MathF", ["*"]),
        new("System.Runtime.Intrinsics.*", ["*"]),
        new("System.Threading.Volatile", ["*"]),
        new("System.Threading.Interlocked", ["*"]),
        new("System.Security.Cryptography.CryptographicOperations", ["FixedTimeEquals", "ZeroMemory"]),

        // The kernel's or the library's random numbers, written to where they are wanted and nowhere else.
        new("System.Security.Cryptography.RandomNumberGenerator", ["Fill"]),
        .. Numbers("System.Byte", "System.SByte", "System.Int16", "System.UInt16", "System.Int32", "System.UInt32", "System.Int64", "System.UInt64", "System.IntPtr", "System.UIntPtr"),
    ];

    /// <summary>All rows.</summary>
    public static IReadOnlyList<DataRow> Rows => All;

    /// <summary>What a call of a member does. Members of the module itself are not the table's business.</summary>
    /// <param name="callee">The operand of <c>call</c>, <c>callvirt</c> or <c>newobj</c>.</param>
    public static DataCallee Find(MethodReference callee)
    {
        MethodReference member = callee.GetElementMethod();
        TypeReference type = member.DeclaringType.GetElementType();
        if (type.Scope is not AssemblyNameReference assembly || !IsFramework(assembly.Name) || member.Name == nameof(ToString))
            return DataCallee.Foreign;

        DataRow? row = Array.Find(All, r => r.Names(type.FullName, member.Name));
        return row is null || (row.ComparesElements && !ComparesPlainValues(callee)) ? DataCallee.Foreign : row.Role;
    }

    private static bool IsFramework(string assembly) =>
        assembly is "mscorlib" or "netstandard" or "System" or "MemSentry.Runtime" || assembly.StartsWith("System.", StringComparison.Ordinal);

    /// <summary>Overloads with a comparer have it among their parameters.</summary>
    private static bool ComparesPlainValues(MethodReference callee) =>
        callee is GenericInstanceMethod { GenericArguments: [{ IsPrimitive: true }] }
        && callee.GetElementMethod().Parameters.All(p => p.ParameterType.GetElementType().Name is not ("IEqualityComparer`1" or "IComparer`1" or "StringComparison"));

    private static IEnumerable<DataRow> Numbers(params string[] types) =>
        types.Select(t => new DataRow(t, ["RotateLeft", "RotateRight", "LeadingZeroCount", "TrailingZeroCount", "PopCount", "Min", "Max", "Clamp", "Abs", "CompareTo", "Equals", "op_*"], DataCallee.Indifferent));
}
