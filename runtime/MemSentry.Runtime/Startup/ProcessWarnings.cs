using MemSentry.Native;

namespace MemSentry.Startup;

/// <summary>Settings of .NET that undo part of the protection. They are the operator's right, so nothing is refused; the status names them.</summary>
internal static class ProcessWarnings
{
    /// <param name="variable">Gives an environment variable's value, or <see langword="null"/>.</param>
    public static IReadOnlyList<string> Find(Func<string, string?> variable)
    {
        var warnings = new List<string>();
        if (Setting("DbgEnableMiniDump") == "1" && Setting("DbgMiniDumpType") is null or "" or "2" or "4")
        {
            // createdump does not obey MADV_DONTDUMP (measured: types 2 and 4 hold the regions, 1 and 3 and the kernel's core do not).
            warnings.Add("DOTNET_DbgEnableMiniDump=1 writes crash dumps that contain the safe regions; set DOTNET_DbgMiniDumpType=1");
        }

        if (string.Equals(variable("DOTNET_MODIFIABLE_ASSEMBLIES"), "debug", StringComparison.OrdinalIgnoreCase))
        {
            warnings.Add("hot reload is on (DOTNET_MODIFIABLE_ASSEMBLIES=debug) and replaces woven code by code without checks; unset it");
        }

        return warnings;

        string? Setting(string name) => variable("DOTNET_" + name) ?? variable("COMPlus_" + name);
    }

    /// <summary>What regions with protection keys lack where the kernel gives no secret memory: they are closed to the process all the same.</summary>
    /// <param name="secretError">The errno of the refusal; zero if there was none.</param>
    public static string? FindSecret(int secretError)
    {
        if (secretError == 0)
        {
            return null;
        }

        // Too little memory may be locked, which the mapping is told, or there is no such call.
        var refused = new SystemCallFailure((Errno)secretError is Errno.EAGAIN or Errno.ENOMEM ? "mmap of secret memory" : "memfd_secret", (Errno)secretError);
        return $"regions with protection keys lie in memory that the kernel can read for others (/proc/self/mem, process_vm_readv), because {refused}; {refused.Remedy}";
    }

    /// <param name="belowMask">Mappings that masked addresses cannot reach.</param>
    /// <param name="handlerWarning">What is wrong with the fault handler, or <see langword="null"/>.</param>
    public static IEnumerable<string> Find(IReadOnlyList<string> belowMask, string? handlerWarning)
    {
        if (belowMask.Count > 0)
        {
            yield return $"code woven with sfi cannot use {belowMask[0]}{(belowMask.Count == 1 ? "" : $" and {belowMask.Count - 1} more")}, because address " +
                "bit 46 is clear; weave the assemblies that do with ProtMethod=mpx";
        }

        if (handlerWarning is not null)
        {
            yield return handlerWarning;
        }
    }
}
