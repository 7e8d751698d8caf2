using Mono.Cecil;

namespace MemSentry.AccessTable;

/// <summary>
/// Members of the framework that call nobody and keep nothing: the JIT makes an instruction or a few of each, in the middle of the code that calls it. So no
/// register of the caller gets to a place where it could be overwritten, and under <c>Trust=leaf</c> proofs about raw pointers survive the call.
/// </summary>
public static class LeafMembers
{
    private static readonly HashSet<string> OfVectors =
        ["Load", "LoadAligned", "Store", "StoreAligned", "get_Zero", "op_Addition", "op_Subtraction", "op_BitwiseAnd", "op_BitwiseOr", "op_ExclusiveOr"];

    private static readonly HashSet<string> OfBits = ["RotateLeft", "RotateRight", "LeadingZeroCount", "TrailingZeroCount", "PopCount", "Log2"];

    private static readonly HashSet<string> OfMath = ["Min", "Max"];

    private static readonly Dictionary<string, HashSet<string>> ByType = new()
    {
        ["System.Runtime.Intrinsics.Vector128"] = OfVectors,
        ["System.Runtime.Intrinsics.Vector128`1"] = OfVectors,
        ["System.Runtime.Intrinsics.Vector256"] = OfVectors,
        ["System.Runtime.Intrinsics.Vector256`1"] = OfVectors,
        ["System.Numerics.BitOperations"] = OfBits,
        ["System.UInt32"] = OfBits,
        ["System.UInt64"] = OfBits,
        ["System.Math"] = OfMath,
    };

    /// <summary>Whether a member is one of them. A type of the module itself that only has the name is none.</summary>
    public static bool Include(MethodReference callee)
    {
        TypeReference type = callee.DeclaringType.GetElementType();
        return type is { IsNested: false, Scope: AssemblyNameReference { Name: { } assembly } }
            && (assembly is "netstandard" or "mscorlib" || assembly.StartsWith("System.", StringComparison.Ordinal))
            && ByType.TryGetValue(type.FullName, out HashSet<string>? members)
            && members.Contains(callee.Name);
    }
}
