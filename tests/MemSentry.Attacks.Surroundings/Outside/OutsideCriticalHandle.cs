using System.Runtime.InteropServices;

namespace MemSentry.Attacks.Outside;

/// <summary>A handle whose owner reads what it points to.</summary>
public abstract class OutsideCriticalHandle : CriticalHandle
{
    /// <summary>Starts with a handle.</summary>
    protected OutsideCriticalHandle(nint handle)
        : base(handle)
    {
    }

    /// <inheritdoc/>
    public override bool IsInvalid => true;

    /// <summary>What lies there.</summary>
    public ulong Read() => Outsider.ReadAt(handle);

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => true;
}
