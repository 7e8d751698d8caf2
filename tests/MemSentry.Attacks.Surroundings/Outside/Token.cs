using System.Runtime.InteropServices;

namespace MemSentry.Attacks.Outside;

/// <summary>An object that can be pinned for the life of the process, so that raw memory may hold a reference to it.</summary>
[StructLayout(LayoutKind.Sequential)]
public sealed class Token
{
    /// <summary>What a reference to the object leads to.</summary>
    public ulong Value { get; set; }

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);
}
