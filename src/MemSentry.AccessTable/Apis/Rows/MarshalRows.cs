using static MemSentry.AccessTable.Row;

namespace MemSentry.AccessTable;

/// <summary><c>System.Runtime.InteropServices.Marshal</c>: native integers that are addresses, all of them.</summary>
internal static class MarshalRows
{
    private static readonly ElementSize Byte = ElementSize.Byte;
    private static readonly ElementSize Char = Bytes(2);

    public static ApiType[] Types =>
    [
        new("System.Runtime.InteropServices.Marshal",
            [
                .. Accesses("Byte", 1),
                .. Accesses("Int16", 2),
                .. Accesses("Int32", 4),
                .. Accesses("Int64", 8),
                .. Accesses("IntPtr", 8),
                Exempt("Read*(object, int)", Reasons.Offset),
                Exempt("Write*(object, int, _)", Reasons.Offset),

                .. Copies("byte", 1),
                .. Copies("char", 2),
                .. Copies("short", 2),
                .. Copies("int", 4),
                .. Copies("float", 4),
                .. Copies("long", 8),
                .. Copies("double", 8),
                .. Copies("nint", 8),

                Member("PtrToStringAnsi(nint)", CopySource(0, Terminated)),
                Member("PtrToStringAuto(nint)", CopySource(0, Terminated)),
                Member("PtrToStringUni(nint)", CopySource(0, Terminated)),
                Member("PtrToStringUTF8(nint)", CopySource(0, Terminated)),
                Member("PtrToStringAnsi(nint, int)", CopySource(0, Count(1, Byte))),
                Member("PtrToStringUni(nint, int)", CopySource(0, Count(1, Char))),
                Member("PtrToStringUTF8(nint, int)", CopySource(0, Count(1, Byte))),

                // In bytes here (UTF-8), in characters on Windows.
                Member("PtrToStringAuto(nint, int)", CopySource(0, Count(1, Char))),

                // The length stands below the address.
                Member("PtrToStringBSTR(nint)", Escape(0)),

                // The marshaller follows pointers inside the structure.
                Escapes("PtrToStructure"),
                Escapes("StructureToPtr"),
                Escapes("DestroyStructure"),

                Escapes("Free*"),
                Escapes("ZeroFree*"),
                Member("ReAllocHGlobal(nint, nint)", Escape(0), Exempt(1, Reasons.Size)).Gives(Untrusted),
                Member("ReAllocCoTaskMem(nint, int)", Escape(0)).Gives(Untrusted),
                Exempt("Alloc*", Reasons.Size).Gives(Untrusted),
                Member("StringTo*").Gives(Untrusted),
                Member("SecureStringTo*").Gives(Untrusted),

                // The index is not bounds-checked.
                Member("UnsafeAddrOfPinnedArrayElement").Gives(Untrusted),

                Escapes("GetDelegateForFunctionPointer"),
                Member("GetFunctionPointerForDelegate").Gives(Untrusted),
                Member("GetExceptionPointers()").Gives(Untrusted),
                Member("GetHINSTANCE").Gives(Untrusted),
                Escapes("InitHandle"),
                .. Com,
                .. Descriptions.Select(name => Harmless(name, Reasons.OnlyDescribes)),
                Member("OffsetOf").Gives(Unrelated),
                Unnamed,
            ]),
        new("System.Security.SecureStringMarshal", Member("SecureStringTo*").Gives(Untrusted)),
    ];

    private static ApiRow[] Com =>
    [
        Escapes("QueryInterface"),
        Escapes("AddRef"),
        Escapes("Release"),
        Escapes("GetExceptionForHR"),
        Escapes("ThrowExceptionForHR"),
        Escapes("CreateAggregatedObject"),
        Escapes("GetComInterfaceForObject"),
        Escapes("GetIDispatchForObject"),
        Escapes("GetIUnknownForObject"),
        Escapes("GetNativeVariantForObject"),
        Escapes("GetObjectForIUnknown"),
        Escapes("GetObjectForNativeVariant"),
        Escapes("GetObjectsForNativeVariants"),
        Escapes("GetTypedObjectForIUnknown"),
        Escapes("GetUniqueObjectForIUnknown"),
        Harmless("ReleaseComObject", Reasons.ManagedWrapper),
        Harmless("FinalReleaseComObject", Reasons.ManagedWrapper),
    ];

    private static readonly string[] Descriptions =
    [
        "SizeOf", "Prelink*", "Generate*", "GetHRFor*", "GetLast*", "SetLast*", "GetPInvokeErrorMessage", "GetTypeFromCLSID", "GetExceptionCode",
        "GetStartComSlot", "GetEndComSlot", "GetTypeInfoName", "GetComObjectData", "SetComObjectData", "AreComObjectsAvailableForCleanup",
        "CleanupUnusedObjectsInCurrentContext", "BindToMoniker", "CreateWrapperOfType", "ChangeWrapperHandleStrength", "Is*",
    ];

    private static ApiRow[] Accesses(string suffix, int width) =>
    [
        Member($"Read{suffix}(nint)", Load(0, One(Bytes(width)))),
        Member($"Read{suffix}(nint, int)", Load(0, One(Bytes(width))).At(Plus(1, Byte))),
        Exempt($"Write{suffix}(nint, _)", Reasons.Value, Store(0, One(Bytes(width)))),
        Exempt($"Write{suffix}(nint, int, _)", Reasons.Value, Store(0, One(Bytes(width))).At(Plus(1, Byte))),
    ];

    private static ApiRow[] Copies(string element, int size) =>
    [
        Member($"Copy({element}[], int, nint, int)", CopyDestination(2, Count(3, Bytes(size)))),
        Member($"Copy(nint, {element}[], int, int)", CopySource(0, Count(3, Bytes(size)))),
    ];
}
