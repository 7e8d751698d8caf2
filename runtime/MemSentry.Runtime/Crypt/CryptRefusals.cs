using System.Reflection;
using MemSentry.Native;
using MemSentry.Native.Crypt;
using MemSentry.Startup;

namespace MemSentry.Crypt;

/// <summary>Why a region cannot be kept encrypted.</summary>
internal static class CryptRefusals
{
    /// <summary>Because of the processor; <see langword="null"/> if it can.</summary>
    public static Refusal? Find(ProcessorFacts processor)
    {
        IReadOnlyList<string> missing = CipherForms.Missing(processor);
        return missing.Count == 0 ? null : new Refusal(
            RuntimeCode.CryptNotSupported,
            $"The method crypt needs instructions that this processor does not have ({string.Join(", ", missing)}); run on another one, or use the methods mpx or sfi");
    }

    /// <summary>Because of its size; <see langword="null"/> if it can.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not even one byte is asked for, or the limit is none.</exception>
    public static SafeRegionException? Find(int length, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, CryptLimits.MostBytes);
        return length <= limit ? null : new SafeRegionException(
            RuntimeCode.CryptRegionTooLarge,
            $"A region of {length} bytes is larger than MaxRegionSize, {limit} bytes: crypt decrypts and encrypts all of it for each window; make several " +
            $"regions of it, or raise MaxRegionSize, to {CryptLimits.MostBytes} at most.");
    }

    /// <summary>Because the library that assembles the stubs was not delivered.</summary>
    public static Refusal Create(FileNotFoundException missing) => new(
        RuntimeCode.CryptNotSupported,
        $"The method crypt needs {new AssemblyName(missing.FileName ?? "Iced").Name}.dll, which assembles its code, and it is not there; deliver it beside " +
        "MemSentry.Runtime.dll (the package Iced), or use the method mpx");

    /// <summary>Because the kernel does not let it.</summary>
    public static SafeRegionException Create(SystemCallFailure failure) => new(
        RuntimeCode.PagesRefused, $"The region cannot be kept encrypted, because {failure}; {failure.Remedy}.");
}
