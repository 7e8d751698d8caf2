using Mono.Cecil;

namespace MemSentry.Verifier.Proving;

/// <summary>
/// Members of the framework that take a native integer for the number it is. All others that are not verified may follow it like a pointer, as
/// <c>GCHandle.FromIntPtr</c> does.
/// </summary>
internal static class NumberMembers
{
    /// <summary>Whether a member computes with its native integers and follows none of them; an indirect call may do anything.</summary>
    public static bool Include(MethodReference? callee) => callee?.DeclaringType is { Scope: AssemblyNameReference } type && type.FullName switch
    {
        "System.IntPtr" or "System.UIntPtr" or "System.Math" or "System.Numerics.BitOperations" => true,

        // The offset of a reference that is an operand of its own; the result is proven by nobody.
        "System.Runtime.CompilerServices.Unsafe" => callee.Name is "Add" or "AddByteOffset" or "Subtract" or "SubtractByteOffset",
        _ => false,
    };
}
