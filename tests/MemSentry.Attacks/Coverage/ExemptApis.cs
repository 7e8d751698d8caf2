namespace MemSentry.Attacks.Coverage;

/// <summary>Rows of the access table that need no attack of their own, each with the reason.</summary>
public static class ExemptApis
{
    private const string Default = "the default for members that no row names: everything escapes, as in the rows about unwoven members";
    private const string Elsewhere = "does not exist on x86-64 Linux: the members throw before they use an operand";
    private const string Allocator = "the allocator ends even the unwoven process when it is given an address that it did not hand out";
    private const string Structure = "follows pointers of a structure of its own; a secret is none, so even the unwoven process dies";
    private const string NoAddress = "on Linux the number is a descriptor or is kept unused; it is checked because elsewhere it is an address";
    private const string Code = "uses the address as code: control flow, which is not what the matrix is about";
    private const string Prefetch = "prefetches: nothing observable is touched";
    private const string Some = "instructions of AVX-512, which not every machine has; the rule is that of the rows MaskLoad, MaskStore and BroadcastVector128";
    private const string Record = "also writes the handle table's records around the handle, so even the unwoven process dies; the rows about reading have the same check";
    private const string Escaping = "frees what it is given or compares it with null; the rows about spans show the type's accesses";
    private const string Refused = "a typed reference that nobody made is refused by the weave: Fixtures/Refused/ForgedTypedReference.il";
    private const string Same = "declared again by a type whose other rows have attacks of the same shape";

    private static readonly (string Pattern, string Reason)[] Table =
    [
        ("ArgIterator::", "CoreCLR on Linux refuses members with variable arguments"),
        ("Arm.*::", Elsewhere),
        ("Wasm.*::", Elsewhere),
        ("ObjectiveC.*::", Elsewhere),
        ("Swift.*::", Elsewhere),
        ("Java.*::", Elsewhere),
        ("JSMarshalerArgument::", Elsewhere),
        ("ComTypes.*::", Elsewhere),
        ("ISymbol", Elsewhere),
        ("IDtcTransaction::", Elsewhere),
        ("SecurityIdentifier::", Elsewhere),
        ("WindowsIdentity::", Elsewhere),
        ("CngKey", Elsewhere),
        ("CspParameters::", Elsewhere),
        ("ProcessStartInfo::", Elsewhere),
        ("X509Store::", Elsewhere),
        ("Overlapped::", Elsewhere),
        ("ThreadPool::", Elsewhere),
        ("ThreadPoolBoundHandle::", Elsewhere),
        ("IOCompletionCallback::", Code),
        ("DllImportResolver::", Code),
        ("Marshal::GetDelegateForFunctionPointer", Code),
        ("SynchronizationContext::", "the handles stand in an array: pointers inside structures are a documented limit"),
        ("WaitHandle::set_Handle", NoAddress),
        ("FileStream::", NoAddress),
        ("SafeSocketHandle::", NoAddress),
        ("SafeHandles.*::", NoAddress),
        ("Marshal::GetExceptionForHR", NoAddress),
        ("Marshal::ThrowExceptionForHR", NoAddress),
        ("Marshal::CreateAggregatedObject", Elsewhere),
        ("Marshal::GetComInterfaceForObject", Elsewhere),
        ("Marshal::GetIDispatchForObject", Elsewhere),
        ("Marshal::GetIUnknownForObject", Elsewhere),
        ("Marshal::GetNativeVariantForObject", Elsewhere),
        ("Marshal::GetObject", Elsewhere),
        ("Marshal::GetTypedObjectForIUnknown", Elsewhere),
        ("Marshal::GetUniqueObjectForIUnknown", Elsewhere),
        ("Marshal::DestroyStructure", Allocator),
        ("Marshal::Free*", Allocator),
        ("Marshal::ZeroFree*", Allocator),
        ("Marshal::ReAlloc", Allocator),
        ("NativeMemory::Realloc", Allocator),
        ("NativeMemory::AlignedRealloc", Allocator),
        ("NativeMemory::Free", Allocator),
        ("NativeMemory::AlignedFree", Allocator),
        ("GCHandle::Free()", Allocator),
        ("GCHandle`1::Dispose()", Allocator),
        ("PinnedGCHandle`1::Dispose()", Allocator),
        ("WeakGCHandle`1::Dispose()", Allocator),
        ("DependentHandle::Dispose()", Allocator),
        ("DependentHandle::set_", Structure),
        ("MemoryHandle::Dispose()", Allocator),
        ("NativeLibrary::", Structure),
        ("ComWrappers/ComInterfaceDispatch::", Structure),
        ("ArrayMarshaller`2::*", Escaping),
        ("SpanMarshaller`2::*", Escaping),
        ("PointerArrayMarshaller`2::*", Escaping),
        ("ReadOnlySpanMarshaller`2/UnmanagedToManagedOut::*", Escaping),
        ("AssemblyExtensions::TryGetRawMetadata", "takes a reference, which stands by contract like any other"),
        ("ICustomQueryInterface::", "takes references only, which stand by contract like any others"),
        ("GCHandle::set_Target", Record),
        ("GCHandle`1::set_Target", Record),
        ("PinnedGCHandle`1::set_Target", Record),
        ("WeakGCHandle`1::SetTarget", Record),
        ("TypedReference::", Refused),
        ("FieldInfo::", Refused),
        ("DSAOpenSsl::", Structure),
        ("ECDiffieHellmanOpenSsl::", Structure),
        ("ECDsaOpenSsl::", Structure),
        ("RSAOpenSsl::", Structure),
        ("SafeEvpPKeyHandle::", Structure),
        ("X509Certificate", Structure),
        ("X509Chain::", Structure),
        ("RuntimeFieldHandle::", Structure),
        ("RuntimeMethodHandle::", Structure),
        ("RuntimeTypeHandle::", Structure),
        ("EventSource::", Structure),
        ("MetadataReader::", Structure),
        ("MetadataReaderProvider::", Structure),
        ("SignatureDecoder`2::", "its reader is a handle, which the row RuntimeMembers.ForgedBlob attacks"),
        ("MethodBodyBlock::", "its reader is a handle, which the row RuntimeMembers.ForgedBlob attacks"),
        ("ComVariant::", Structure),
        ("UTF7Encoding::", Same),
        ("X86.*::Prefetch*", Prefetch),
        ("X86.*::ExpandLoad", Some),
        ("X86.*::CompressStore", Some),
        ("X86.*::BroadcastVector256To*", Some),
    ];

    /// <summary>Why a row of the table needs no attack; null if it does.</summary>
    /// <param name="name">See <see cref="ApiCoverage.NameOf"/>.</param>
    /// <param name="isDefault">Whether the row is the default of its type.</param>
    public static string? ReasonFor(string name, bool isDefault) =>
        isDefault ? Default : Table.FirstOrDefault(entry => name.StartsWith(entry.Pattern, StringComparison.Ordinal)).Reason;
}
