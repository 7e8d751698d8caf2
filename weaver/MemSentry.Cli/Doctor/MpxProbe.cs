using MemSentry.Analysis.Model;
using MemSentry.Analysis.Options;
using MemSentry.CompilerServices;
using MemSentry.Native;

namespace MemSentry.Cli.Doctor;

/// <summary>
/// Finds out whether <c>mpx</c> can run here by doing it: this process starts the runtime as a woven module does and allocates a region.
/// No second list of requirements can drift away from what the runtime really needs.
/// </summary>
internal static class MpxProbe
{
    public static IEnumerable<Finding> Run()
    {
        yield return Start();
        yield return Seal();
    }

    private static Finding Start()
    {
        try
        {
            WovenModule.Start("memsentry-weave", Analysis.Model.AddressSpaceLayout.Version, OptionCatalog.ToSettingsText(new WeaverOptions()));
            using SafeRegion region = SafeRegion.Allocate(1, new SafeRegionOptions { Name = "doctor" });
            return new Finding("mpx", Verdict.Good, "can run here: the block, its alias and a safe region were reserved");
        }
        catch (Exception refusal) when (refusal is PlatformNotSupportedException or SafeRegionException or OutOfMemoryException)
        {
            return new Finding("mpx", Verdict.Bad, refusal.Message);
        }
    }

    // Seals a page of its own: the runtime's block may be reserved and yet not sealed, on kernels before 6.10.
    private static Finding Seal()
    {
        nuint page = (nuint)Environment.SystemPageSize;
        if (AddressSpace.ReserveAnywhere(page, out nuint address) is not null)
            return new Finding("sealing", Verdict.Missing, "could not be tried: no page to be had");
        return AddressSpace.Seal(address, page) is null
            ? new Finding("sealing", Verdict.Good, "mseal works: nothing can unmap or replace the guards")
            : new Finding("sealing", Verdict.Missing, "no mseal (Linux 6.10): code that calls munmap or mprotect could remove the guards");
    }
}
