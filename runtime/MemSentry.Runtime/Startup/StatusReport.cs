using MemSentry.Allocation;
using MemSentry.Native;

namespace MemSentry.Startup;

/// <summary>Reads the status out of the arena, and the list of unwoven assemblies out of their metadata.</summary>
internal static unsafe class StatusReport
{
    public static MemSentryStatus Create()
    {
        IReadOnlyList<UnwovenAssemblyStatus> unwoven = UnwovenAssemblies.Find(AppDomain.CurrentDomain.GetAssemblies(), out int framework);
        return (Arena.IsStarted ? Started() : NotStarted) with { UnwovenAssemblies = unwoven, FrameworkAssemblies = framework };
    }

    private static MemSentryStatus Started()
    {
        ArenaHeader* arena = Arena.Current;
        IReadOnlyList<WovenModuleStatus> modules = WovenModuleList.Read(arena);
        using ArenaLock held = ArenaLock.Enter(arena);
        return new MemSentryStatus
        {
            IsProtecting = Arena.IsInBlock && arena->OverriddenRefusal == 0 && arena->WovenModuleCount > 0,
            LayoutVersion = arena->LayoutVersion,
            Methods = [.. modules.Select(MethodOf).Distinct()],
            WovenModules = modules,
            WovenModuleCount = arena->WovenModuleCount,
            LiveRegions = (int)arena->LiveCount,
            LiveBytes = arena->LiveBytes,
            AbandonedRegions = (int)arena->AbandonedCount,
            QuarantinedRegions = (int)arena->QuarantineCount,
            QuarantinedBytes = arena->QuarantineBytes,
            CommittedBytes = arena->CommittedBytes,
            LockedBytes = arena->LockedBytes,
            WhyNotLocked = arena->UnlockedBytes == 0 ? null : WhyNotLocked(arena),
            IsSealed = arena->SealError == 0,
            WhyNotSealed = WhyNotSealed(arena),
            Warnings = ProcessWarnings.Find(Environment.GetEnvironmentVariable),
            OverriddenRefusal = arena->OverriddenRefusal == 0 ? null : (RuntimeCode)arena->OverriddenRefusal,
        };
    }

    private static MemSentryStatus NotStarted { get; } = new()
    {
        IsProtecting = false,
        LayoutVersion = AddressSpaceLayout.Version,
        Methods = [],
        WovenModules = [],
        WovenModuleCount = 0,
        LiveRegions = 0,
        LiveBytes = 0,
        AbandonedRegions = 0,
        QuarantinedRegions = 0,
        QuarantinedBytes = 0,
        CommittedBytes = 0,
        LockedBytes = 0,
        WhyNotLocked = null,
        IsSealed = false,
        WhyNotSealed = "nothing is reserved yet",
        OverriddenRefusal = null,
        Warnings = [],
    };

    private static string MethodOf(WovenModuleStatus module) =>
        module.Settings.Split(';').FirstOrDefault(s => s.StartsWith("ProtMethod=", StringComparison.Ordinal))?["ProtMethod=".Length..] ?? "unknown";

    private static string WhyNotLocked(ArenaHeader* arena) =>
        arena->PagesAreMapped == 0 ? "ordinary memory is not locked" : Explain("mlock2", arena->LockError);

    private static string? WhyNotSealed(ArenaHeader* arena) => arena->SealError switch
    {
        0 => null,
        -1 => "these are not the real guards",
        int error => Explain("mseal", error),
    };

    private static string Explain(string call, int error)
    {
        var failure = new SystemCallFailure(call, (Errno)error);
        return $"{failure}; {failure.Remedy}";
    }
}
