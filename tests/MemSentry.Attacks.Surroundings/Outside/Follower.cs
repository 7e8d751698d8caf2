using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MemSentry.Attacks.Outside;

/// <summary>What the rows about object references read and write: one pinned object.</summary>
public static unsafe class Follower
{
    private static readonly Token Pinned = new();
    private static readonly GCHandle Pin = GCHandle.Alloc(Pinned, GCHandleType.Pinned);

    /// <summary>The object's address, as memory holds it.</summary>
    public static nint Address
    {
        get
        {
            object reference = Pin.Target!;
            return *(nint*)Unsafe.AsPointer(ref reference);
        }
    }

    /// <summary>Sets what <see cref="Follow"/> finds.</summary>
    public static void SetValue(ulong value) => Pinned.Value = value;

    /// <summary>The object.</summary>
    public static object Token() => Pinned;

    /// <summary>What a reference that was read leads to; zero for null.</summary>
    public static ulong Follow(object? reference) => reference is Token token ? token.Value : 0;
}
