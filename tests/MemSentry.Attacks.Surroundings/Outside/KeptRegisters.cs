using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MemSentry.Attacks.Outside;

/// <summary>
/// What a write out of bounds does that hits the stack while a callee runs: wherever the caller, or the callee for its caller, keeps a pointer there, it becomes
/// another. Addresses come as their complements, so that only what is meant is found.
/// </summary>
public static unsafe partial class KeptRegisters
{
    private const int Words = 96;

    private static readonly ulong* Memory = (ulong*)NativeMemory.AllocZeroed(Words, sizeof(ulong));

    /// <summary>Harmless memory, zeroed; the JIT must not know that it is always the same.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ulong* Harmless() => Memory;

    /// <summary>Puts another address wherever one is kept nearby on the stack.</summary>
    /// <param name="hiddenFrom">The complement of the one.</param>
    /// <param name="hiddenTo">The complement of the other.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Overwrite(nint hiddenFrom, nint hiddenTo)
    {
        // A member that calls native code by itself keeps all registers of its caller on the stack, whatever it needs.
        _ = GetProcessId();
        nint from = hiddenFrom;
        for (nint* word = (nint*)&hiddenFrom, end = word + Words; word < end; word++)
        {
            if (~*word == from)
                *word = ~hiddenTo;
        }
    }

    [LibraryImport("libc", EntryPoint = "getpid")]
    private static partial int GetProcessId();
}
