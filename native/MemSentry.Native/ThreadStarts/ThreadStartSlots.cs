using MemSentry.Native.Images;

namespace MemSentry.Native.ThreadStarts;

/// <summary>Finds the slots through which .NET starts threads.</summary>
/// <remarks>
/// The collector and the JIT's tiers start threads out of libcoreclr.so, signals and <c>Process</c> out of libSystem.Native.so; the others are linked with it as well. A program that
/// is one file has all of them in itself.
/// </remarks>
internal static class ThreadStartSlots
{
    private const string Function = "pthread_create";
    private const string Core = "libcoreclr.so";
    private const string OtherVersion = "run on a version of .NET that MemSentry knows (10)";

    private static readonly string[] Others = ["libSystem.Native.so", "libclrjit.so", "libclrgc.so", "libclrgcexp.so"];

    /// <summary>Looks in this process.</summary>
    /// <param name="map">What is mapped.</param>
    /// <param name="slots">All slots; empty after a failure.</param>
    public static ThreadStartFailure? Find(MemoryMap map, out IReadOnlyList<ThreadStartSlot> slots) =>
        Find(map, [LoadedImage.Find(map, Core) is null && Environment.ProcessPath is { } program ? program : Core], Others, Function, out slots);

    /// <summary>Looks in certain libraries for a certain function.</summary>
    /// <param name="map">What is mapped.</param>
    /// <param name="required">Libraries that have to be there and to import it.</param>
    /// <param name="optional">Libraries that may be there, and may import it: one that does not cannot call it.</param>
    /// <param name="function">Its name.</param>
    /// <param name="slots">All slots; empty after a failure.</param>
    public static ThreadStartFailure? Find(
        MemoryMap map, IReadOnlyList<string> required, IReadOnlyList<string> optional, string function, out IReadOnlyList<ThreadStartSlot> slots)
    {
        slots = [];
        var found = new List<ThreadStartSlot>();
        foreach (string library in required.Concat(optional))
        {
            if (Find(map, library, function, required.Contains(library), found) is { } failure)
            {
                return failure;
            }
        }

        slots = found;
        return null;
    }

    private static ThreadStartFailure? Find(MemoryMap map, string library, string function, bool isRequired, List<ThreadStartSlot> found)
    {
        if (LoadedImage.Find(map, library) is not { } image)
        {
            return isRequired ? new ThreadStartFailure($"{library} is not in /proc/self/maps", "run where /proc is, on a version of .NET that MemSentry knows (10)") : null;
        }

        try
        {
            IReadOnlyList<ulong> addresses = ImportSlots.Find(image, function);
            if (addresses.Count == 0 && isRequired)
            {
                return new ThreadStartFailure($"{image.Path} has no relocation slot of {function}", OtherVersion);
            }

            // The loader closes the slots to writes when it has filled them. One that it leaves open - to fill it at the first call - would be lost to the first wild write.
            if (addresses.FirstOrDefault(address => !IsReadOnly(map, address)) is var open and not 0)
            {
                return new ThreadStartFailure(
                    $"{image.Path} keeps its slot of {function} in a page that can be written (0x{open:x})", "link it with -z relro -z now");
            }

            found.AddRange(addresses.Select(address => new ThreadStartSlot(image.Path, address, image.Read<ulong>(address))));
            return null;
        }
        catch (BadImageFormatException damage)
        {
            return new ThreadStartFailure(damage.Message, OtherVersion);
        }
    }

    private static bool IsReadOnly(MemoryMap map, ulong address) =>
        map.Overlapping(address, address + sizeof(ulong)).ToArray() is [{ Permissions: ['r', '-', ..] }];
}
