using MemSentry.Native;

namespace MemSentry.Crypt;

/// <summary>What the status of a process says about the method crypt.</summary>
internal static class CryptStatus
{
    private static ulong _codePage;

    /// <summary>A region was made whose keys lie in this page.</summary>
    public static void Note(ulong codePage) => Volatile.Write(ref _codePage, codePage);

    /// <summary>Nothing while there is no region, and where the keys cannot be read.</summary>
    public static IReadOnlyList<string> Warnings
    {
        get
        {
            ulong codePage = Volatile.Read(ref _codePage);
            return codePage == 0 || CryptIsolation.Confirm(codePage) ? [] : [CryptIsolation.Describe(ProcessorFacts.Read(), isConfirmed: false)];
        }
    }
}
