using MemSentry.Allocation;
using MemSentry.Domains;
using MemSentry.Native;
using MemSentry.Native.ProtectionKeys;
using MemSentry.ProtectionKeys;

namespace MemSentry.Startup;

/// <summary>What a module that is woven for protection keys is told when it starts.</summary>
internal static unsafe class KeyStart
{
    private static bool _wasAnnounced;

    /// <summary>Why machine or kernel have no keys for the module; <see langword="null"/> if they do, or it asks for none.</summary>
    public static Refusal? Find(string settings) => ModuleSettings.Wants(settings, DomainMethod.ProtectionKeys)
        ? KeyRefusals.Find(ProcessorFacts.Read(), KernelKeySupport.ReadKernel())
        : null;

    /// <summary>The settings in force: where keys are missing and the fallback names another method, its windows open by that. Said aloud, once.</summary>
    public static string Substitute(string settings, FallbackChoice fallback)
    {
        string? method = fallback switch
        {
            FallbackChoice.Mprotect => ModuleSettings.PagePermissions,
            FallbackChoice.Crypt => ModuleSettings.Encryption,
            _ => null,
        };
        if (method is null || Find(settings) is not { } refusal)
        {
            return settings;
        }

        if (!_wasAnnounced)
        {
            _wasAnnounced = true;
            Announcements.Add($"MemSentry: the method {method} stands in for mpk ({Fallback.EnvironmentVariable}={method}). {refusal}");
        }

        return ModuleSettings.WithoutKeys(settings, method);
    }

    /// <summary>Puts stubs where the gates of a module call them.</summary>
    /// <exception cref="SafeRegionException">No key is left, or the kernel refuses something.</exception>
    public static void PutGates(ArenaHeader* arena, string settings)
    {
        IReadOnlyList<int> numbers = ModuleSettings.GatesOf(settings);
        if (numbers.Count == 0)
        {
            return;
        }

        if (PutGates(arena, numbers) is { } refusal)
        {
            throw refusal;
        }
    }

    private static SafeRegionException? PutGates(ArenaHeader* arena, IReadOnlyList<int> numbers)
    {
        using ArenaLock held = ArenaLock.EnterToChange(arena);
        foreach (int number in numbers)
        {
            if (DomainTable.FindOrReserve(arena, number, method: null, name: null, out int index) is { } refusal)
            {
                return refusal;
            }

            if (DomainTable.At(arena, index)->Method != DomainMethod.ProtectionKeys)
            {
                DomainKeys.Answer(arena, index);
            }
        }

        return null;
    }
}
