using MemSentry.Analysis.Options;
using MemSentry.CompilerServices;

namespace MemSentry.Cli.Doctor;

/// <summary>
/// Finds out whether <c>mpx</c> can run here by doing it: this process starts the runtime as a woven module does and allocates a region.
/// No second list of requirements can drift away from what the runtime really needs.
/// </summary>
internal static class MpxProbe
{
    public static IEnumerable<Finding> Run()
    {
        // The question is what the machine can do, not what its operator puts up with.
        Environment.SetEnvironmentVariable("MEMSENTRY_FALLBACK", "refuse");
        try
        {
            WovenModule.Start("memsentry-weave", AccessTable.AddressSpaceLayout.Version, OptionCatalog.ToSettingsText(new WeaverOptions()));
            using SafeRegion region = SafeRegion.Allocate(1, new SafeRegionOptions { Name = "doctor" });
        }
        catch (Exception refusal) when (refusal is PlatformNotSupportedException or SafeRegionException or OutOfMemoryException)
        {
            return [new Finding("mpx", Verdict.Bad, refusal.Message)];
        }

        return [new Finding("mpx", Verdict.Good, "can run here: the address ranges are reserved, and a safe region was allocated"), Guards(MemSentryRuntime.Status)];
    }

    private static Finding Guards(MemSentryStatus status) => status.IsSealed
        ? new Finding("guards", Verdict.Good, "sealed (mseal): nothing can unmap or replace them")
        : new Finding("guards", Verdict.Missing, $"not sealed ({status.WhyNotSealed}): code that calls munmap or mprotect could remove them");
}
