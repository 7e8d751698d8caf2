using MemSentry.Allocation;
using MemSentry.Crypt;
using MemSentry.Faults;
using MemSentry.Native;

namespace MemSentry.Startup;

/// <summary>Reads the status out of the arena, and the list of unwoven assemblies out of their metadata.</summary>
internal static unsafe class StatusReport
{
    public static MemSentryStatus Create()
    {
        IReadOnlyList<UnwovenAssemblyStatus> unwoven = UnwovenAssemblies.Find(AppDomain.CurrentDomain.GetAssemblies(), out int framework);
        MemSentryStatus status = Arena.IsStarted ? Started() : NotStarted;
        return status with
        {
            UnwovenAssemblies = unwoven,
            FrameworkAssemblies = framework,
            Warnings = [.. status.Warnings, .. CryptStatus.Warnings],
        };
    }

    private static MemSentryStatus Started()
    {
        ArenaHeader* arena = Arena.Current;
        IReadOnlyList<WovenModuleStatus> modules = WovenModuleList.Read(arena);
        bool masks = modules.Any(module => module.Method == ModuleSettings.Masking);
        List<string> low = masks ? [.. MaskRefusals.BelowMask(MemoryMap.ReadSelf()).Select(range => range.ToString())] : [];
        (FaultHandlerState handler, string? handlerWarning) = FaultHandlerCondition.Find(arena, masks);
        using ArenaLock held = ArenaLock.Enter(arena);
        return new MemSentryStatus
        {
            IsProtecting = Arena.IsInBlock && arena->OverriddenRefusal == 0 && modules.Any(module => module.Method != ModuleSettings.Nothing),
            LayoutVersion = arena->LayoutVersion,
            Methods = [.. modules.Select(module => module.Method).Distinct()],
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
            FaultHandler = handler,
            MappingsBelowMask = low,
            Warnings =
            [
                .. ProcessWarnings.Find(Environment.GetEnvironmentVariable),
                .. ProcessWarnings.Find(low, handlerWarning),
                .. ProcessWarnings.FindSecret(arena->SecretError) is { } notSecret ? [notSecret] : Array.Empty<string>(),
            ],
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
        FaultHandler = FaultHandlerState.NotNeeded,
        MappingsBelowMask = [],
        Warnings = [],
    };

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
