using MemSentry.Native;
using MemSentry.Native.ProtectionKeys;

namespace MemSentry.Crypt;

/// <summary>Whether the keys, which lie in code, can be read.</summary>
internal static class CryptIsolation
{
    /// <summary>One line for people. Where the keys can be read it says so, whatever else is fine.</summary>
    public static string Describe(ProcessorFacts processor, bool isConfirmed) =>
        !processor.AreProtectionKeysOn
            ? "crypt: hidden, not isolated - this machine has no protection keys, so the pages with the AES keys can be read by who finds them; run on a processor " +
                "and a system with pku and ospke, or use mpx or sfi against an attacker who can read any address"
            : isConfirmed
                ? "crypt: the pages with the AES keys can be executed and not read"
                : "crypt: hidden, not isolated - the kernel has not closed the pages with the AES keys to reads, although the processor could; run Linux 4.9 or newer";

    /// <summary>Whether the kernel has put its own key on execute-only pages (pkeys(7)): any but 0, which everybody may read.</summary>
    public static bool Confirm(ulong codePage) =>
        KeyMap.ReadSelf().Ranges.Any(range => range.Mapping.Start <= codePage && codePage < range.Mapping.End && range.Key > 0);
}
