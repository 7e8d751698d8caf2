namespace MemSentry.AccessTable;

/// <summary>How a parameter or result can carry an address.</summary>
internal enum AddressShape
{
    None,
    Pointer,
    NativeInteger,
    Reference,
    Handle,
    Span,
}
