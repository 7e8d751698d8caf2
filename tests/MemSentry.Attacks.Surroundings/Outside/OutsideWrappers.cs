using System.Collections;
using System.Runtime.InteropServices;

namespace MemSentry.Attacks.Outside;

/// <summary>Wraps interface pointers in objects that tell what the pointer led to.</summary>
public sealed unsafe class OutsideWrappers : ComWrappers
{
    /// <summary>What the wrapped pointer led to.</summary>
    public static ulong Follow(object wrapper) => ((Token)wrapper).Value;

    /// <inheritdoc/>
    protected override object CreateObject(nint externalComObject, CreateObjectFlags flags) =>
        new Token { Value = (ulong)Marshal.AddRef(externalComObject) };

    /// <inheritdoc/>
    protected override ComInterfaceEntry* ComputeVtables(object obj, CreateComInterfaceFlags flags, out int count)
    {
        count = 0;
        return null;
    }

    /// <inheritdoc/>
    protected override void ReleaseObjects(IEnumerable objects)
    {
    }
}
