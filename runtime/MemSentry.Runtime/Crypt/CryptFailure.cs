using System.Diagnostics.CodeAnalysis;
using MemSentry.Native.Crypt;

namespace MemSentry.Crypt;

/// <summary>What happens when a stub does not answer <see cref="CryptResult.Done"/>.</summary>
internal static class CryptFailure
{
    /// <summary>Ends the process, or refuses what leaves the region as it was.</summary>
    /// <param name="result">What the stub answered.</param>
    /// <param name="name">The region's name.</param>
    /// <exception cref="SafeRegionException">The region has too many readers.</exception>
    /// <exception cref="ObjectDisposedException">The region was disposed.</exception>
    [DoesNotReturn]
    public static void Raise(CryptResult result, string? name)
    {
        if (result == CryptResult.Released)
        {
            throw new ObjectDisposedException(
                name ?? nameof(CryptRegion), $"MS{(int)RuntimeCode.RegionDisposed}: {Region(name)} was disposed; allocate another one, or dispose later.");
        }

        if (result == CryptResult.TooManyReaders)
        {
            throw new SafeRegionException(
                RuntimeCode.TooManyReaders, $"{Region(name)} has {CryptHeader.MostReaders} open windows; close some before another one is opened.");
        }

        Environment.FailFast(Describe(result, name));
    }

    /// <summary>The last words of a process.</summary>
    internal static string Describe(CryptResult result, string? name) => result switch
    {
        CryptResult.CiphertextTampered => Message(
            RuntimeCode.CiphertextTampered,
            $"{Region(name)} is not as its last close left it: its ciphertext or nonce was overwritten, or an older one put back. It was cleared; look for the bug " +
            "that wrote there."),
        CryptResult.HeaderTampered => Message(
            RuntimeCode.CryptHeaderTampered,
            $"The reader count of {Region(name, isStart: false)} was overwritten, so nobody knows any more whether it is open; look for the bug that wrote there."),
        CryptResult.NotOpen => Message(
            RuntimeCode.CryptHeaderTampered,
            $"{Region(name)} was closed and has no open window: one was closed twice, or its reader count was overwritten; look for the bug."),
        CryptResult.NoRandomNumber => Message(
            RuntimeCode.CryptRegionNotClosed,
            $"{Region(name)} cannot be closed, because the processor gives no random numbers (RDRAND failed ten times); run on another machine, or with newer " +
            "microcode."),
        CryptResult.TagNotStored => Message(
            RuntimeCode.CryptRegionNotClosed,
            $"{Region(name)} cannot be closed, because the kernel did not keep its tag (pwrite to the file memsentry-tags); find out who closed or wrote to that " +
            "descriptor, or allow the call in the sandbox."),
        _ => Message(RuntimeCode.CryptHeaderTampered, $"A stub of {Region(name, isStart: false)} answered {(int)result}; something has overwritten it."),
    };

    private static string Message(RuntimeCode code, string sentence) => $"MS{(int)code}: {sentence}";

    /// <summary>What messages call a region.</summary>
    internal static string Region(string? name, bool isStart = true) =>
        name is null ? (isStart ? "An unnamed safe region" : "an unnamed safe region") : $"{(isStart ? "The" : "the")} safe region '{name}'";
}
