using System.Runtime.InteropServices;
using MemSentry.Allocation;
using MemSentry.Domains;
using MemSentry.Faults;
using MemSentry.Native;

namespace MemSentry.Startup;

/// <summary>Brings the arena up: when a woven module starts, or when an unprotected process asks for its first region.</summary>
internal static unsafe class RuntimeStart
{
    /// <summary>
    /// Interned strings are one object for all load contexts, so this lock orders all copies of the runtime: a copy that finds the range
    /// taken by another one finds it completely set up.
    /// </summary>
    public static readonly object ProcessLock = string.Intern("MemSentry.Runtime start-up, one at a time in a process");

    /// <param name="assemblyName">See <see cref="CompilerServices.WovenModule.Start"/>.</param>
    /// <param name="layoutVersion">Likewise.</param>
    /// <param name="settings">Likewise.</param>
    /// <param name="facts">What to believe about the machine; <see langword="null"/> to ask it.</param>
    public static void StartModule(string assemblyName, int layoutVersion, string settings, MachineFacts? facts = null)
    {
        lock (ProcessLock)
        {
            Refuse(UnknownMethods.Find(assemblyName, settings));
            bool masks = ModuleSettings.MethodOf(settings) == ModuleSettings.Masking;
            Refuse(masks ? MaskRefusals.Find(facts ??= MachineFacts.Read(), MemoryMap.ReadSelf()) : null);

            (FallbackChoice fallback, Refusal? refusal) = Fallback.Read();
            settings = KeyStart.Substitute(settings, fallback);
            refusal ??= KeyStart.Find(settings);
            DomainMethod method = refusal is null ? ModuleSettings.DomainMethodOf(settings) : DomainMethod.None;
            Obey(fallback, refusal ?? LayoutRefusal(assemblyName, layoutVersion), facts, method);
            Refuse(MethodConflicts.Find(Arena.Current, assemblyName, settings));
            Refuse(EncryptionStart.Find(Arena.Current, settings) ?? DomainClaims.Apply(Arena.Current, assemblyName, settings));
            KeyStart.PutGates(Arena.Current, settings);
            Refuse(masks ? NullRange.ReserveOrAdopt(facts!) ?? FaultHandler.Install(Arena.Current) : null);
            if (!masks && (FaultHandler.IsWanted || method != DomainMethod.None) && Arena.IsInBlock)
            {
                // Only an explanation is lost where it cannot be; the status says so.
                FaultHandler.Install(Arena.Current);
            }

            ExceptionObserver.Start(Arena.Current);
            EncryptionStart.Announce(Arena.Current, settings);
            WovenModuleList.Add(Arena.Current, assemblyName, settings);
        }
    }

    /// <summary>The arena, if regions may be made in it.</summary>
    public static ArenaHeader* RequireArena()
    {
        ModuleQueue.ThrowIfRefused();
        if (Arena.IsStarted && MayAllocate(Arena.Current))
        {
            KeepFaultHandler(Arena.Current);
            return Arena.Current;
        }

        try
        {
            return StartForRegion();
        }
        finally
        {
            Announcements.Write();
        }
    }

    private static ArenaHeader* StartForRegion()
    {
        lock (ProcessLock)
        {
            // A woven module may have started through another copy of the runtime: its arena counts.
            if (!(Arena.IsStarted || TryAdopt()) || !MayAllocate(Arena.Current))
            {
                (FallbackChoice fallback, Refusal? refusal) = Fallback.Read();
                Obey(fallback, refusal ?? NothingWoven(), facts: null);
            }

            return Arena.Current;
        }
    }

    /// <summary>Another library may have put its own handler in place since the last allocation: ours goes before it.</summary>
    private static void KeepFaultHandler(ArenaHeader* arena)
    {
        if (!FaultHandler.IsInstalled(arena) || FaultHandler.IsInPlace(arena))
        {
            return;
        }

        lock (ProcessLock)
        {
            // A refusal leaves the other library's handler as it is; the status warns.
            FaultHandler.Install(arena);
        }
    }

    /// <summary>Throws a refusal that no fallback can override.</summary>
    private static void Refuse(Refusal? refusal)
    {
        if (refusal is not null)
        {
            throw refusal.ToException();
        }
    }

    private static bool MayAllocate(ArenaHeader* arena) => arena->WovenModuleCount > 0 || arena->OverriddenRefusal != 0;

    /// <summary>Starts the arena unless something speaks against it; what does is thrown or, if the fallback says so, overridden aloud.</summary>
    private static void Obey(FallbackChoice fallback, Refusal? refusal, MachineFacts? facts, DomainMethod method = DomainMethod.None)
    {
        if (refusal is null || fallback == FallbackChoice.Unprotected)
        {
            refusal = StartArena(fallback, facts, method) ?? refusal;
        }

        if (refusal is null)
        {
            return;
        }

        if (fallback != FallbackChoice.Unprotected)
        {
            throw refusal.ToException();
        }

        // At most one line for each cause: a machine is refused once, when the arena starts, and a module when it starts.
        using (ArenaLock.EnterToChange(Arena.Current))
        {
            Arena.Current->OverriddenRefusal = (int)refusal.Code;
        }

        Announcements.Add($"MemSentry: SAFE REGIONS ARE NOT PROTECTED ({Fallback.EnvironmentVariable}=unprotected). {refusal}");
    }

    private static Refusal? StartArena(FallbackChoice fallback, MachineFacts? facts, DomainMethod method)
    {
        if (Arena.IsStarted)
        {
            return null;
        }

        facts ??= MachineFacts.Read();
        Refusal? machine = MachineRefusals.Find(facts);
        Refusal? reservation = machine is null || (fallback == FallbackChoice.Unprotected && CanTry(facts))
            ? BlockReservation.ReserveOrAdopt(facts, method)
            : machine;
        if (reservation is null)
        {
            Arena.Use((ArenaHeader*)AddressSpaceLayout.ArenaStart);
        }
        else if (fallback == FallbackChoice.Unprotected)
        {
            Arena.Use(SubstituteArena.Create(facts));
        }

        return machine ?? reservation;
    }

    private static bool TryAdopt()
    {
        MachineFacts facts = MachineFacts.Read();
        bool adopted = CanTry(facts)
            && AddressSpace.IsMapped(AddressSpaceLayout.ArenaStart)
            && BlockAdoption.Verify(MemoryMap.ReadSelf()) is null;
        if (adopted)
        {
            Arena.Use((ArenaHeader*)AddressSpaceLayout.ArenaStart);
        }

        return adopted;
    }

    /// <summary>Whether our system calls mean here what we think they mean.</summary>
    private static bool CanTry(MachineFacts facts) => facts.IsLinux && facts.Processor == Architecture.X64;

    private static Refusal? LayoutRefusal(string assemblyName, int layoutVersion) => layoutVersion == AddressSpaceLayout.Version
        ? null
        : new Refusal(
            RuntimeCode.LayoutVersionDiffers,
            $"'{assemblyName}' was woven for layout {layoutVersion}, and this MemSentry.Runtime uses layout {AddressSpaceLayout.Version}; " +
            "build it again with the weaver of this runtime's version");

    private static Refusal NothingWoven() => new(
        RuntimeCode.NothingWoven,
        "No woven assembly has started in this process, so nothing would protect the safe region; weave the program with MemSentry.Fody " +
        "or memsentry-weave");
}
