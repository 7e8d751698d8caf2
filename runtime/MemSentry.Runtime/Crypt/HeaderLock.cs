using MemSentry.Native.Crypt;

namespace MemSentry.Crypt;

/// <summary>The lock that the stubs of a region take, taken by managed code, for moments.</summary>
internal readonly unsafe ref struct HeaderLock
{
    private readonly CryptHeader* _header;

    private HeaderLock(CryptHeader* header) => _header = header;

    public static HeaderLock Enter(CryptHeader* header)
    {
        var spin = new SpinWait();
        while (Interlocked.CompareExchange(ref header->Lock, 1, 0) != 0)
        {
            spin.SpinOnce();
        }

        return new HeaderLock(header);
    }

    public void Dispose() => Volatile.Write(ref _header->Lock, 0);
}
