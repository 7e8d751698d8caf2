using static MemSentry.AccessTable.Row;

namespace MemSentry.AccessTable;

/// <summary>The runtime's own vocabulary: type and method handles, typed references, variable arguments, reflection on pointers.</summary>
internal static class RuntimeRows
{
    public static ApiType[] Types =>
    [
        RuntimeHandle("System.RuntimeTypeHandle"),
        new("System.RuntimeMethodHandle", [.. RuntimeHandle("System.RuntimeMethodHandle").Rows, Member("GetFunctionPointer()")]),
        RuntimeHandle("System.RuntimeFieldHandle"),
        new("System.Runtime.CompilerServices.RuntimeHelpers",
            Member("Box(ref byte, RuntimeTypeHandle)", Load(0, Extent.Unknown)),
            Member("AllocateTypeAssociatedMemory").Gives(Untrusted),
            Member("CreateSpan(RuntimeFieldHandle)").Gives(Anchor),
            Member("GetSubArray").Gives(Anchor)),
        new("System.TypedReference",
            Member("MakeTypedReference").Gives(AHandle),
            Exempt("GetHashCode()", Reasons.Compared),
            Exempt("Equals(object)", Reasons.Compared),
            Escapes("GetTargetType"),
            Escapes("TargetTypeToken"),
            Escapes("ToObject"),
            Escapes("SetTypedReference"),
            Unnamed),
        new("System.Reflection.FieldInfo", Escapes("SetValueDirect"), Escapes("GetValueDirect")),
        new("System.ArgIterator", Escapes(".ctor").Gives(AHandle), Escapes("*")),
        new("System.Reflection.Pointer",

            // A boxed pointer travels as an object: it is compared where it is boxed, and an origin where it is unboxed.
            Member("Box(void*, Type)", Escape(0)).Gives(Unrelated),
            Member("Unbox(object)").Gives(Untrusted),
            Unnamed),
        new("System.Reflection.Emit.DynamicILInfo",
            Member("SetCode(byte*, int, int)", CopySource(0, Count(1, ElementSize.Byte))),
            Member("SetExceptions(byte*, int)", CopySource(0, Count(1, ElementSize.Byte))),
            Member("SetLocalSignature(byte*, int)", CopySource(0, Count(1, ElementSize.Byte)))),
        new("System.Diagnostics.StackFrameExtensions", Member("GetNative*").Gives(Untrusted)),
    ];

    private static ApiType RuntimeHandle(string name) =>
        new(name,
            Member("FromIntPtr(nint)", Escape(0)).Gives(AHandle),
            Exempt("ToIntPtr(_)", Reasons.Token).Gives(AHandle),
            Exempt("get_Value()", Reasons.Token).Gives(AHandle));
}
