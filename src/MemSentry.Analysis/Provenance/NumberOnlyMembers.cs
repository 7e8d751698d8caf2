using Mono.Cecil;

namespace MemSentry.Analysis.Provenance;

/// <summary>
/// Framework members that compute with native integers and follow none. Everywhere else outside woven code a native integer may be
/// used as an address (<c>GCHandle.FromIntPtr(x).Target</c> is <c>*(object*)x</c>), so it is compared like a pointer.
/// </summary>
internal static class NumberOnlyMembers
{
    private static readonly HashSet<string> Types =
        ["System.IntPtr", "System.UIntPtr", "System.Math", "System.Numerics.BitOperations"];

    // Their native integer is an offset; what they return is an origin.
    private static readonly HashSet<string> UnsafeOffsets = ["Add", "AddByteOffset", "Subtract", "SubtractByteOffset"];

    /// <summary>Whether native integers that a callee receives are numbers, not addresses. An indirect call (null) may receive anything.</summary>
    public static bool Contains(MethodReference? callee) => callee is not null
        && callee.DeclaringType.Scope is AssemblyNameReference
        && (Types.Contains(callee.DeclaringType.FullName)
            || (callee.DeclaringType.FullName == "System.Runtime.CompilerServices.Unsafe" && UnsafeOffsets.Contains(callee.Name)));
}
