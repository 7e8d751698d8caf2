using MemSentry.Native;
using MemSentry.Native.Crypt;

namespace MemSentry.Crypt;

/// <summary>What the status of a process says about the method crypt.</summary>
internal static class CryptStatus
{
    private static ulong _codePage;
    private static SystemCallFailure? _notLocked;

    /// <summary>A region was made whose keys lie in these pages.</summary>
    public static void Note(CryptStubs stubs)
    {
        Volatile.Write(ref _codePage, stubs.Address);
        if (stubs.WhyNotLocked is { } refused)
        {
            Volatile.Write(ref _notLocked, refused);
        }
    }

    /// <summary>Nothing while there is no region, and where the keys can neither be read nor get into swap.</summary>
    public static IReadOnlyList<string> Warnings
    {
        get
        {
            ulong codePage = Volatile.Read(ref _codePage);
            string[] readable = codePage == 0 || CryptIsolation.Confirm(codePage) ? [] : [CryptIsolation.Describe(ProcessorFacts.Read(), isConfirmed: false)];
            string[] swapped = Volatile.Read(ref _notLocked) is { } refused
                ? [$"crypt: keys of encrypted regions may get into swap, because {refused}; {refused.Remedy}"]
                : [];
            return [.. readable, .. swapped];
        }
    }
}
