using System.Runtime.InteropServices;

namespace MemSentry.AccessTable.Tests.Lookup;

/// <summary>Calls a protected member of its framework base type.</summary>
internal sealed class OwnHandle() : SafeHandle(0, true)
{
    public override bool IsInvalid => false;

    public void Take(nint value) => SetHandle(value);

    protected override bool ReleaseHandle() => true;
}
