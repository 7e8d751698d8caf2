using MemSentry.Analysis.Options;
using MemSentry.CompilerServices;
using MemSentry.Crypt;
using MemSentry.Native;

namespace MemSentry.Cli.Doctor;

/// <summary>
/// Finds out whether a method can run here by doing it: this process starts the runtime as a woven module does and allocates a region.
/// No second list of requirements can drift away from what the runtime really needs.
/// </summary>
internal static class MethodProbe
{
    /// <summary>The default method.</summary>
    public static IEnumerable<Finding> Mpx()
    {
        if (Refused(ProtectionMethod.Mpx) is { } refusal)
        {
            return [new Finding("mpx", Verdict.Bad, refusal)];
        }

        return [new Finding("mpx", Verdict.Good, "can run here: the address ranges are reserved, and a safe region was allocated"), Guards(MemSentryRuntime.Status)];
    }

    /// <summary>The method that masks.</summary>
    public static Finding Sfi() => Refused(ProtectionMethod.Sfi) is { } refusal
        ? new Finding("sfi", Verdict.Bad, refusal)
        : new Finding("sfi", Verdict.Good, "can run here: all memory of this process has address bit 46 set, and its fault handler stands before the one of .NET");

    /// <summary>
    /// The method that closes pages. It cannot start in a process where another has, so what it needs beyond the layout is tried by hand.
    /// </summary>
    public static Finding Mprotect()
    {
        if (Refused(ProtectionMethod.Mpx) is { } refusal)
        {
            return new Finding("mprotect", Verdict.Bad, refusal);
        }

        const ulong page = 4096;
        SystemCallFailure? refused = AddressSpace.ReserveAnywhere(page, out ulong address)
            ?? AddressSpace.Protect(address, page, MemoryProtection.ReadWrite)
            ?? AddressSpace.Protect(address, page, MemoryProtection.None)
            ?? AddressSpace.Release(address, page);
        return refused is not null
            ? new Finding("mprotect", Verdict.Bad, $"{refused}; {refused.Remedy}")
            : new Finding("mprotect", Verdict.Good, "can run here: the address ranges are reserved, and a page was opened and closed again; during a window all threads of a process see its regions");
    }

    /// <summary>
    /// The method that encrypts. It cannot start in a process where another has, so a region is encrypted and decrypted by hand. What the keys are worth is told
    /// apart.
    /// </summary>
    public static IEnumerable<Finding> Crypt()
    {
        if (Refused(ProtectionMethod.Mpx) is { } refusal)
        {
            return [new Finding("crypt", Verdict.Bad, refusal)];
        }

        try
        {
            using CryptRegion region = CryptRegion.Create(64);
            region.Open();
            bool isIntact = !region.Span.ContainsAnyExcept((byte)0);
            region.Close();
            return
            [
                isIntact
                    ? new Finding("crypt", Verdict.Good, "can run here: a region was encrypted and decrypted; during a window all threads of a process see the regions that are used in it")
                    : new Finding("crypt", Verdict.Bad, "a region was not the same after it was encrypted and decrypted; report this"),
                new Finding("crypt keys", CryptIsolation.Confirm(region.CodeAddress) ? Verdict.Good : Verdict.Missing, region.Isolation),
            ];
        }
        catch (Exception refused) when (refused is PlatformNotSupportedException or SafeRegionException)
        {
            return [new Finding("crypt", Verdict.Bad, refused.Message)];
        }
    }

    /// <summary>The method of protection keys. It cannot start in a process where another has, so a domain is opened and closed by hand.</summary>
    public static Finding Mpk()
    {
        if (Refused(ProtectionMethod.Mpx) is { } refusal)
        {
            return new Finding("mpk", Verdict.Bad, refusal);
        }

        try
        {
            return KeyTrial.Run()
                ? new Finding("mpk", Verdict.Good, "can run here: a domain got a key, and was opened and closed; a window is open to its thread alone")
                : new Finding("mpk", Verdict.Bad, "a domain was not as it was opened and closed; report this");
        }
        catch (Exception refused) when (refused is PlatformNotSupportedException or SafeRegionException)
        {
            return new Finding("mpk", Verdict.Bad, refused.Message);
        }
    }

    /// <summary>What the runtime says against a method; <see langword="null"/> if it works.</summary>
    private static string? Refused(ProtectionMethod method)
    {
        // The question is what the machine can do, not what its operator puts up with.
        Environment.SetEnvironmentVariable("MEMSENTRY_FALLBACK", "refuse");
        try
        {
            string settings = OptionCatalog.ToSettingsText(new WeaverOptions { ProtMethod = method });
            WovenModule.Start("memsentry-weave", AccessTable.AddressSpaceLayout.Version, settings);
            using SafeRegion region = SafeRegion.Allocate(1, new SafeRegionOptions { Name = "doctor" });
            return null;
        }
        catch (Exception refusal) when (refusal is PlatformNotSupportedException or SafeRegionException or OutOfMemoryException)
        {
            return refusal.Message;
        }
    }

    private static Finding Guards(MemSentryStatus status) => status.IsSealed
        ? new Finding("guards", Verdict.Good, "sealed (mseal): nothing can unmap or replace them")
        : new Finding("guards", Verdict.Missing, $"not sealed ({status.WhyNotSealed}): code that calls munmap or mprotect could remove them");
}
