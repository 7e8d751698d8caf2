using Mono.Cecil;

namespace MemSentry.Analysis.Displacement;

/// <summary>
/// Structures of the framework that cannot grow: others than .NET lay them out as well, so each has one size for all time. What is only as large as its private fields happen to be
/// (<c>DateTime</c>, whose layout is automatic, <c>TimeSpan</c>, <c>DateTimeOffset</c>, <c>Complex</c>, <c>Rune</c>) is not among them.
/// </summary>
internal static class FrameworkStructures
{
    /// <summary>Those that are aligned to eight bytes at most, so that the argument of <see cref="StructureSizes"/> holds of structures that contain them.</summary>
    private static readonly Dictionary<string, int> Plain = new()
    {
        // Sequential, and the GUID of COM and the UUID of RFC 9562: 128 bits, by new Guid(ReadOnlySpan<byte>) and TryWriteBytes.
        ["System.Guid"] = 16,

        // Sequential, and the DECIMAL of OLE Automation: a word of flags, a sign and scale, and 96 bits; decimal.GetBits tells the same four words.
        ["System.Decimal"] = 16,

        // Sequential with one field, the binary16 of IEEE 754, as which BitConverter.HalfToUInt16Bits hands it out.
        ["System.Half"] = 2,

        // Sequential with nothing but public fields of type float, X to W, one per component, as graphics libraries take them; a Plane is a Vector3 and a float.
        ["System.Numerics.Vector2"] = 2 * sizeof(float),
        ["System.Numerics.Vector3"] = 3 * sizeof(float),
        ["System.Numerics.Vector4"] = 4 * sizeof(float),
        ["System.Numerics.Quaternion"] = 4 * sizeof(float),
        ["System.Numerics.Plane"] = 4 * sizeof(float),

        // The same with a public field for each element, M11 to M32 and M44.
        ["System.Numerics.Matrix3x2"] = 6 * sizeof(float),
        ["System.Numerics.Matrix4x4"] = 16 * sizeof(float),
    };

    /// <summary>Those that are aligned to more: they are known by themselves, and what contains them is not.</summary>
    private static readonly Dictionary<string, int> Aligned = new()
    {
        // Sequential, and the __int128 of the System V ABI for x86-64: two words, aligned to sixteen bytes.
        ["System.Int128"] = 16,
        ["System.UInt128"] = 16,

        // __m64 to __m512 of the same ABI: as many bits as the name says, whatever the elements are.
        ["System.Runtime.Intrinsics.Vector64`1"] = 8,
        ["System.Runtime.Intrinsics.Vector128`1"] = 16,
        ["System.Runtime.Intrinsics.Vector256`1"] = 32,
        ["System.Runtime.Intrinsics.Vector512`1"] = 64,
    };

    /// <summary>The bytes of a type by itself; null if it is none of them.</summary>
    public static long? SizeOf(TypeReference type) => PlainSizeOf(type) ?? Find(Aligned, type);

    /// <summary>The same of one that others may contain.</summary>
    public static long? PlainSizeOf(TypeReference type) => Find(Plain, type);

    /// <summary>A type of that name of the program's own, or of a library, is another one.</summary>
    private static long? Find(Dictionary<string, int> sizes, TypeReference type) =>
        type.GetElementType() is not TypeDefinition and { Scope: AssemblyNameReference { Name: "System.Runtime" or "System.Private.CoreLib" or "System.Numerics.Vectors" or "System.Runtime.Intrinsics" or "netstandard" or "mscorlib" } } element
        && type is not ArrayType && sizes.TryGetValue(element.FullName, out int bytes) ? bytes : null;
}
