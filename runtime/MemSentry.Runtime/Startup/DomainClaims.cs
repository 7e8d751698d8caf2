using MemSentry.Allocation;
using MemSentry.Domains;

namespace MemSentry.Startup;

/// <summary>
/// Gives domains the methods that woven modules want for them. A method never changes once a domain has one: regions may be there, and others count on it.
/// </summary>
internal static unsafe class DomainClaims
{
    /// <summary>Carries out what a module says, all or nothing.</summary>
    /// <returns>Why not; <see langword="null"/> if it is done.</returns>
    public static Refusal? Apply(ArenaHeader* arena, string assemblyName, string settings)
    {
        if (arena->Method == DomainMethod.None)
        {
            // Nothing is protected here, which was said aloud.
            return null;
        }

        IReadOnlyList<DomainClaim> claims = ModuleSettings.ClaimsOf(settings);
        IReadOnlyList<WovenModuleStatus> started = WovenModuleList.Read(arena);
        return Apply(arena, claims, out DomainClaim refused, out DomainMethod other) is { } refusal ? throw refusal
            : refused == default ? null
            : Conflict(assemblyName, refused, started, other);
    }

    /// <summary>What speaks against a claim is said when the lock is free.</summary>
    private static SafeRegionException? Apply(ArenaHeader* arena, IReadOnlyList<DomainClaim> claims, out DomainClaim refused, out DomainMethod other)
    {
        refused = default;
        other = default;
        using ArenaLock held = ArenaLock.EnterToChange(arena);
        foreach (DomainClaim claim in claims)
        {
            int index = DomainTable.Find(arena, DomainTable.NumberOf(claim.Domain));
            if (index >= 0 && DomainTable.At(arena, index)->Method != claim.Method)
            {
                refused = claim;
                other = DomainTable.At(arena, index)->Method;
                return null;
            }
        }

        foreach (DomainClaim claim in claims)
        {
            if (DomainTable.FindOrAdd(arena, claim.Domain, claim.Method, out _) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private static Refusal Conflict(string assemblyName, DomainClaim claim, IReadOnlyList<WovenModuleStatus> started, DomainMethod method)
    {
        WovenModuleStatus? owner = started.FirstOrDefault(module => ModuleSettings.ClaimsOf(module.Settings).Contains(claim with { Method = method }));
        string other = owner is not null
            ? $"'{owner.Assembly}' has it protected by {ModuleSettings.NameOf(method)}"
            : $"{(started.Count == 0 ? "this process" : $"'{started[0].Assembly}'")} has it protected by {ModuleSettings.NameOf(method)}, the method of all domains of which nobody says otherwise";
        return new Refusal(
            RuntimeCode.MethodsConflict,
            $"'{assemblyName}' wants the domain '{claim.Domain}' protected by {ModuleSettings.NameOf(claim.Method)}, and {other}; give both the same DomainMethods, or call one of the domains otherwise")
        { CanBeOverridden = false };
    }
}
