using Mono.Cecil;

namespace MemSentry.Verifier.Values;

/// <summary>
/// The size of a framework's structure, where that is no matter of .NET alone: a format of others says how many bytes there are, and native code is handed pointers to them. No later
/// version can change it.
/// </summary>
internal static class ContractualSize
{
    // The keys that assemblies of the framework are signed with. Somebody else's System.Guid may be of any size.
    private static readonly HashSet<string> Keys = ["7cec85d7bea7798e", "b03f5f7f11d50a3a", "b77a5c561934e089", "cc7b13ffcd2ddd51"];

    /// <summary>The bytes; null where nothing is promised. Some have a larger alignment than eight bytes, so that a structure around them has gaps of unknown size.</summary>
    /// <param name="type">The type.</param>
    /// <param name="isField">Whether it is a field of another structure, which such an alignment would matter for.</param>
    public static long? Of(TypeReference type, bool isField)
    {
        TypeReference named = type is GenericInstanceType instance ? instance.ElementType : type;
        if (named is TypeDefinition or TypeSpecification or GenericParameter || named.DeclaringType is not null || !IsOfFramework(named.Scope))
            return null;

        return (named.Namespace, named.Name) switch
        {
            // UUID, RFC 9562; DECIMAL, MS-OAUT 2.2.26; binary16, IEEE 754. The layout is sequential.
            ("System", "Guid" or "Decimal") => 128 / 8,
            ("System", "Half") => 16 / 8,

            // Public fields of four bytes, without any other: the layout is sequential.
            ("System.Numerics", "Vector2") => 8,
            ("System.Numerics", "Vector3") => 12,
            ("System.Numerics", "Vector4" or "Quaternion" or "Plane") => 16,
            ("System.Numerics", "Matrix3x2") => 3 * 2 * 4,
            ("System.Numerics", "Matrix4x4") => 4 * 4 * 4,

            // System V ABI for x86-64, 3.1.2: __int128, and __m64 to __m512, aligned to their size.
            ("System", "Int128" or "UInt128") when !isField => 128 / 8,
            ("System.Runtime.Intrinsics", "Vector64`1") when !isField => 64 / 8,
            ("System.Runtime.Intrinsics", "Vector128`1") when !isField => 128 / 8,
            ("System.Runtime.Intrinsics", "Vector256`1") when !isField => 256 / 8,
            ("System.Runtime.Intrinsics", "Vector512`1") when !isField => 512 / 8,
            _ => null,
        };
    }

    private static bool IsOfFramework(IMetadataScope scope) => scope is AssemblyNameReference { PublicKeyToken: { } token } && Keys.Contains(Convert.ToHexStringLower(token));
}
