using static MemSentry.AccessTable.Row;

namespace MemSentry.AccessTable;

/// <summary><c>System.Runtime.CompilerServices.Unsafe</c>: pointers and references without any check of their own.</summary>
internal static class UnsafeRows
{
    public static ApiType[] Types =>
    [
        new("System.Runtime.CompilerServices.Unsafe",

            // Accesses.
            Member("Read(void*)", Load(0, One(MethodArgument(0)))),
            Member("ReadUnaligned(_)", Load(0, One(MethodArgument(0)))),
            Member("Write(void*, !!0)", Store(0, One(MethodArgument(0)))),
            Member("WriteUnaligned(_, !!0)", Store(0, One(MethodArgument(0)))),
            Member("Copy(_, _)", Store(0, One(MethodArgument(0))), Load(1, One(MethodArgument(0)))),
            Member("CopyBlock(_, _, uint)", CopyDestination(0, Count(2, ElementSize.Byte)), CopySource(1, Count(2, ElementSize.Byte))),
            Member("CopyBlockUnaligned(_, _, uint)", CopyDestination(0, Count(2, ElementSize.Byte)), CopySource(1, Count(2, ElementSize.Byte))),
            Member("InitBlock(_, byte, uint)", Fill(0, Count(2, ElementSize.Byte))),
            Member("InitBlockUnaligned(_, byte, uint)", Fill(0, Count(2, ElementSize.Byte))),

            // A reference from nowhere, and reinterpretation.
            Member("AsRef(void*)", Conversion(0)).Gives(Derived(0)),
            Member("AsRef(ref !!0)", Exempt(0, Reasons.Arithmetic)).Gives(Derived(0)),
            Member("AsPointer(ref !!0)", Exempt(0, Reasons.Arithmetic)).Gives(Derived(0)),
            Member("As(ref !!0)", Conversion(0)).Gives(Reinterpreted(0)),
            Member("As(object)").Gives(Reinterpreted(0)),
            Member("BitCast(!!0)").Gives(Reinterpreted(0)),
            Member("Unbox(object)").Gives(Anchor),
            Member("NullRef()").Gives(Anchor),

            // Arithmetic: the result is checked where it is used.
            Member("Add(void*, int)", Exempt(0, Reasons.Arithmetic)).Gives(Derived(0, Plus(1, MethodArgument(0)))),
            Member("Add(ref !!0, _)", Exempt(0, Reasons.Arithmetic)).Gives(Derived(0, Plus(1, MethodArgument(0)))),
            Member("AddByteOffset(ref !!0, _)", Exempt(0, Reasons.Arithmetic)).Gives(Derived(0, Plus(1, ElementSize.Byte))),
            Member("Subtract(void*, int)", Exempt(0, Reasons.Arithmetic)).Gives(Derived(0, Minus(1, MethodArgument(0)))),
            Member("Subtract(ref !!0, _)", Exempt(0, Reasons.Arithmetic)).Gives(Derived(0, Minus(1, MethodArgument(0)))),
            Member("SubtractByteOffset(ref !!0, _)", Exempt(0, Reasons.Arithmetic)).Gives(Derived(0, Minus(1, ElementSize.Byte))),
            Member("ByteOffset(ref !!0, ref !!0)", Exempt(0, Reasons.Compared), Exempt(1, Reasons.Compared)),
            Member("AreSame(ref !!0, ref !!0)", Exempt(0, Reasons.Compared), Exempt(1, Reasons.Compared)),
            Member("IsAddress*(ref !!0, ref !!0)", Exempt(0, Reasons.Compared), Exempt(1, Reasons.Compared)),
            Member("IsNullRef(ref !!0)", Exempt(0, Reasons.Compared)),
            Member("SkipInit(ref !!0)", Exempt(0, Reasons.Arithmetic)),
            Harmless("SizeOf()", Reasons.OnlyDescribes),
            Unnamed),
    ];
}
