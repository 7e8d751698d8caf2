using MemSentry.Allocation;
using MemSentry.Domains;

namespace MemSentry.Startup;

/// <summary>
/// Regions are closed to whoever does not open them, so either all woven modules of a process do, or none does; and they agree about the method of all domains
/// of which nobody says anything else (<see cref="DomainClaims"/>). A substitute arena belongs to
/// nobody: the process was told aloud that nothing is protected.
/// </summary>
internal static unsafe class MethodConflicts
{
    public static Refusal? Find(ArenaHeader* arena, string assemblyName, string settings)
    {
        if (arena->Method == ModuleSettings.DomainMethodOf(settings) || !Arena.IsInBlock || arena->OverriddenRefusal != 0)
        {
            return null;
        }

        IReadOnlyList<WovenModuleStatus> started = WovenModuleList.Read(arena);
        return new Refusal(
            RuntimeCode.MethodsConflict,
            $"'{assemblyName}' is woven with the method {ModuleSettings.MethodOf(settings)}, and {Describe(started, arena->Method)}; {Remedy(arena->Method, ModuleSettings.DomainMethodOf(settings))}")
        { CanBeOverridden = false };
    }

    private static string Remedy(DomainMethod first, DomainMethod second) => first != DomainMethod.None && second != DomainMethod.None
        ? "weave both with the same ProtMethod, and name the domains that shall have the other method in DomainMethods"
        : $"weave all assemblies of the process with ProtMethod={ModuleSettings.NameOf(first == DomainMethod.None ? second : first)}, or none";

    private static string Describe(IReadOnlyList<WovenModuleStatus> started, DomainMethod method) => started.Count == 0
        ? $"the regions of this process are protected by {ModuleSettings.NameOf(method)}"
        : $"'{started[0].Assembly}', which has started before, with {started[0].Method}";
}
