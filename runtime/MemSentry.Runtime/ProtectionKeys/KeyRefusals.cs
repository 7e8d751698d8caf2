using System.Reflection;
using MemSentry.Native;
using MemSentry.Native.ProtectionKeys;
using MemSentry.Startup;

namespace MemSentry.ProtectionKeys;

/// <summary>Why protection keys cannot be used.</summary>
internal static class KeyRefusals
{
    private const string Others = $"weave with mpx or sfi, which need none of it, or set {Fallback.EnvironmentVariable}=mprotect to have windows open by page permissions";

    /// <summary>Because of machine or kernel; <see langword="null"/> if they can.</summary>
    public static Refusal? Find(ProcessorFacts processor, Version kernel)
    {
        if (!processor.HasProtectionKeys)
        {
            return new Refusal(
                RuntimeCode.ProtectionKeysMissing,
                "The method mpk needs protection keys, and this processor has none, or the virtual machine hides them (pku is missing in /proc/cpuinfo); run on " +
                $"a processor that has them, or {Others}");
        }

        if (!processor.AreProtectionKeysOn)
        {
            return new Refusal(
                RuntimeCode.ProtectionKeysMissing,
                "The method mpk needs protection keys, and the system has not switched them on, although the processor has them (pku without ospke in " +
                $"/proc/cpuinfo); start the kernel without nopku, or {Others}");
        }

        return KernelKeySupport.Keeps(kernel) ? null : new Refusal(
            RuntimeCode.KernelLosesKeys,
            $"The method mpk needs Linux 5.13 or newer (or 5.10.103, 5.4.182): Linux {kernel} may give a thread the key register of another one; run a newer " +
            $"kernel, or {Others}");
    }

    /// <summary>Because the library that assembles the stubs was not delivered.</summary>
    public static Refusal Create(FileNotFoundException missing) => new(
        RuntimeCode.ProtectionKeysMissing,
        $"The method mpk needs {new AssemblyName(missing.FileName ?? "Iced").Name}.dll, which assembles its code, and it is not there; deliver it beside " +
        "MemSentry.Runtime.dll (the package Iced), or use the method mpx");

    /// <summary>Because the kernel refuses a call.</summary>
    public static SafeRegionException Create(SystemCallFailure failure, string domain) => failure is { Call: "pkey_alloc", Error: Errno.ENOSPC }
        ? new SafeRegionException(
            RuntimeCode.NoProtectionKeyLeft,
            $"The domain '{domain}' gets no protection key, because all {KeyRegister.Keys} of the processor are taken ({failure}); {failure.Remedy}.")
        : new SafeRegionException(
            RuntimeCode.ProtectionKeyRefused, $"The domain '{domain}' cannot be closed by a protection key, because {failure}; {failure.Remedy}.");

    /// <summary>Throws if the kernel refuses a call.</summary>
    /// <exception cref="SafeRegionException">It does.</exception>
    public static void ThrowIfRefused(SystemCallFailure? failure, string domain)
    {
        if (failure is not null)
        {
            throw Create(failure, domain);
        }
    }

    /// <summary>Because the kernel let a call succeed and did something else.</summary>
    public static SafeRegionException NotConfirmed(string domain, int key) => new(
        RuntimeCode.ProtectionKeyRefused,
        $"The domain '{domain}' cannot be closed by a protection key: the kernel says that its pages do not have key {key} (/proc/self/smaps), although it accepted " +
        "pkey_mprotect; allow pkey_alloc and pkey_mprotect in the sandbox.");
}
