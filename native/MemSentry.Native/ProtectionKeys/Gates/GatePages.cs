using MemSentry.Native.Faults;

namespace MemSentry.Native.ProtectionKeys.Gates;

/// <summary>Puts pages of stubs where woven code looks for them.</summary>
internal static class GatePages
{
    /// <summary>
    /// Replaces a page by another in one step: a thread that is in it goes on in the new one, whose instructions have the same boundaries. The page is written
    /// elsewhere and never writable again.
    /// </summary>
    /// <param name="address">The page.</param>
    /// <param name="code">Its bytes.</param>
    /// <param name="key">A key that makes it execute-only; see <see cref="ExecutablePages.Create"/>. 0 for none: it can be read.</param>
    public static SystemCallFailure? Put(ulong address, byte[] code, int key)
    {
        SystemCallFailure? failure = ExecutablePages.Create(code.Length, _ => code, out ulong made, isPermanent: false, key: key)
            ?? AddressSpace.Move(made, (ulong)code.Length, address);
        if (failure is not null && made != 0)
        {
            AddressSpace.Release(made, (ulong)code.Length);
        }

        return failure;
    }
}
