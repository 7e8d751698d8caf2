using MemSentry.Allocation;
using MemSentry.Crypt;
using MemSentry.Domains;
using MemSentry.Native;

namespace MemSentry.Startup;

/// <summary>What a module that wants regions encrypted is told when it starts.</summary>
internal static unsafe class EncryptionStart
{
    private static bool _wasAnnounced;

    /// <summary>Why the processor cannot do it; <see langword="null"/> if it can, or nobody asks.</summary>
    public static Refusal? Find(ArenaHeader* arena, string settings) => IsWanted(arena, settings) ? CryptRefusals.Find(ProcessorFacts.Read()) : null;

    /// <summary>Says aloud, once, where the keys can be read: nobody shall take that for isolation.</summary>
    public static void Announce(ArenaHeader* arena, string settings)
    {
        ProcessorFacts processor = ProcessorFacts.Read();
        if (!_wasAnnounced && IsWanted(arena, settings) && !processor.AreProtectionKeysOn)
        {
            _wasAnnounced = true;
            Announcements.Add($"MemSentry: {CryptIsolation.Describe(processor, isConfirmed: false)}");
        }
    }

    private static bool IsWanted(ArenaHeader* arena, string settings) => arena->Method != DomainMethod.None
        && ModuleSettings.Wants(settings, DomainMethod.Encryption);
}
