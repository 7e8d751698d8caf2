using System.Runtime.InteropServices;

namespace MemSentry.Attacks.Outside;

/// <summary>A marshaller of somebody else's, which does what marshallers do.</summary>
public sealed class OutsideMarshaler : ICustomMarshaler
{
    /// <inheritdoc/>
    public object MarshalNativeToManaged(nint pNativeData) => Outsider.ReadAt(pNativeData);

    /// <inheritdoc/>
    public nint MarshalManagedToNative(object ManagedObj) => 0;

    /// <inheritdoc/>
    public void CleanUpManagedData(object ManagedObj)
    {
    }

    /// <inheritdoc/>
    public void CleanUpNativeData(nint pNativeData)
    {
    }

    /// <inheritdoc/>
    public int GetNativeDataSize() => sizeof(ulong);
}
