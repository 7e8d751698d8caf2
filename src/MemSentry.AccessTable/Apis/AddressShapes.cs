using Mono.Cecil;

namespace MemSentry.AccessTable;

/// <summary>Tells by its type how a parameter or result can carry an address.</summary>
internal static class AddressShapes
{
    /// <summary>
    /// Structures around an address that their members use. Structures that only carry it to native code (COM's, <c>NativeOverlapped</c>) are not
    /// here: pointers inside those are a documented limit. Nor are runtime type and method handles, which hold managed objects.
    /// </summary>
    private static readonly HashSet<string> Handles =
    [
        "System.ArgIterator",
        "System.RuntimeArgumentHandle",
        "System.TypedReference",
        "System.Buffers.MemoryHandle",
        "System.Reflection.Metadata.BlobReader",
        "System.Runtime.DependentHandle",
        "System.Runtime.InteropServices.GCHandle",
        "System.Runtime.InteropServices.GCHandle`1",
        "System.Runtime.InteropServices.HandleRef",
        "System.Runtime.InteropServices.PinnedGCHandle`1",
        "System.Runtime.InteropServices.WeakGCHandle`1",
        "System.Runtime.InteropServices.Marshalling.IIUnknownCacheStrategy/TableInfo",
        "System.Runtime.InteropServices.Marshalling.AnsiStringMarshaller/ManagedToUnmanagedIn",
        "System.Runtime.InteropServices.Marshalling.ArrayMarshaller`2/ManagedToUnmanagedIn",
        "System.Runtime.InteropServices.Marshalling.BStrStringMarshaller/ManagedToUnmanagedIn",
        "System.Runtime.InteropServices.Marshalling.PointerArrayMarshaller`2/ManagedToUnmanagedIn",
        "System.Runtime.InteropServices.Marshalling.ReadOnlySpanMarshaller`2/ManagedToUnmanagedIn",
        "System.Runtime.InteropServices.Marshalling.ReadOnlySpanMarshaller`2/ManagedToUnmanagedOut",
        "System.Runtime.InteropServices.Marshalling.SafeHandleMarshaller`1/ManagedToUnmanagedRef",
        "System.Runtime.InteropServices.Marshalling.SpanMarshaller`2/ManagedToUnmanagedIn",
        "System.Runtime.InteropServices.Marshalling.Utf8StringMarshaller/ManagedToUnmanagedIn",
        "System.Runtime.InteropServices.Marshalling.VirtualMethodTableInfo",
    ];

    public static AddressShape Of(TypeReference type) => type switch
    {
        IModifierType modified => Of(modified.ElementType),
        PointerType or FunctionPointerType => AddressShape.Pointer,
        ByReferenceType reference => Of(reference.ElementType) == AddressShape.Handle ? AddressShape.Handle : AddressShape.Reference,
        GenericInstanceType { ElementType.FullName: "System.Nullable`1" } nullable => Of(nullable.GenericArguments[0]),
        GenericInstanceType { ElementType.FullName: "System.Span`1" or "System.ReadOnlySpan`1" } => AddressShape.Span,
        { MetadataType: MetadataType.IntPtr or MetadataType.UIntPtr } => AddressShape.NativeInteger,
        { FullName: "System.IntPtr" or "System.UIntPtr" } => AddressShape.NativeInteger,
        { MetadataType: MetadataType.TypedByReference } => AddressShape.Handle,
        _ => Handles.Contains(type.GetElementType().FullName) ? AddressShape.Handle : AddressShape.None,
    };

    /// <summary>Whether an operand of this shape must have a role: references and spans stand by contract without one.</summary>
    public static bool NeedsRole(this AddressShape shape) => shape is AddressShape.Pointer or AddressShape.NativeInteger or AddressShape.Handle;

    /// <summary>Width of an integer parameter in bits, and whether it is signed; a vector's are those of its lanes.</summary>
    public static (int Bits, bool IsSigned) Integer(TypeReference type) => type switch
    {
        IModifierType modified => Integer(modified.ElementType),
        GenericInstanceType { GenericArguments: [var lane] } => Integer(lane),
        { FullName: "System.SByte" or "System.Int16" or "System.Int32" } => (32, true),
        { FullName: "System.Byte" or "System.UInt16" or "System.Char" or "System.UInt32" } => (32, false),
        { FullName: "System.Int64" or "System.IntPtr" } => (64, true),
        _ => (64, false),
    };
}
