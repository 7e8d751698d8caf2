using System.Globalization;
using MemSentry.Native;
using MemSentry.Native.ProtectionKeys;
using MemSentry.Native.StrayWriters;
using MemSentry.Native.ThreadStarts;
using MemSentry.ProtectionKeys;

namespace MemSentry.Cli.Doctor;

/// <summary>What the method <c>mpk</c> stands on: keys, memory that the kernel cannot read, threads that start closed, and code that could open a domain.</summary>
internal static class KeyFindings
{
    private const ulong PageLength = 4096;

    public static IEnumerable<Finding> Of(ProcessorFacts processor, Version kernel, MachineFacts facts) =>
    [
        Keys(processor, kernel),
        SecretPages(Try(PageLength)),
        LockedMemory(facts.LockedMemoryLimit),
        ThreadsStart(ThreadStartSlots.Find(MemoryMap.ReadSelf(), out IReadOnlyList<ThreadStartSlot> slots), slots),
        Writers(ProcessWriters.Read()),
    ];

    internal static Finding Keys(ProcessorFacts processor, Version kernel) => KeyRefusals.Find(processor, kernel) is { } refusal
        ? new Finding("protection keys", Verdict.Missing, refusal.ToString())
        : new Finding("protection keys", Verdict.Good, $"processor and system have them, and Linux {kernel} keeps them apart for each thread");

    internal static Finding SecretPages(SystemCallFailure? refused) => refused is not null
        ? new Finding("secret memory", Verdict.Missing, $"{refused}: regions of mpk would lie in memory that the kernel can read for others; {refused.Remedy}")
        : new Finding("secret memory", Verdict.Good, "memfd_secret: pages that neither the kernel nor another process can read");

    internal static Finding LockedMemory(ulong? limit) => new(
        "locked memory",
        Verdict.Fact,
        limit is { } bytes
            ? string.Create(CultureInfo.InvariantCulture, $"limited to {bytes >> 10} KiB (ulimit -l): regions beyond it can be swapped out, and secret memory counts too")
            : "no limit (ulimit -l unlimited)");

    internal static Finding ThreadsStart(ThreadStartFailure? failure, IReadOnlyList<ThreadStartSlot> slots) => failure is not null
        ? new Finding("thread starts", Verdict.Missing, $"{failure.Cause}; {failure.Remedy}")
        : new Finding("thread starts", Verdict.Good, $"pthread_create is called through slots that can be led through a stub ({string.Join(", ", slots.Select(slot => Path.GetFileName(slot.Library)))})");

    internal static Finding Writers(ProcessWriters writers) => new(
        "key writers",
        writers.Files.Count == 0 && writers.WhyIncomplete is null ? Verdict.Good : Verdict.Missing,
        (writers.Files.Count == 0
            ? "no code of this process but the stubs can change the key register"
            : $"{string.Join("; ", writers.Files.Select(Describe))}: who can divert a jump there, with registers of his choice, opens every domain of mpk, which takes a bug that diverts control flow")
        + (writers.WhyIncomplete is { } why ? $"; {why}" : ""));

    private static string Describe(FileWriters file) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(file.File.Length == 0 ? "code made at run time" : file.File)} has {string.Join(" and ", Counts(file))}");

    private static IEnumerable<string> Counts(FileWriters file)
    {
        (int Count, string Name)[] kinds = [(file.Writes, "wrpkru"), (file.Restores, "xrstor")];
        return kinds.Where(kind => kind.Count > 0).Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Count} {kind.Name}"));
    }

    /// <summary>By doing it, as for the methods.</summary>
    private static SystemCallFailure? Try(ulong length)
    {
        SystemCallFailure? failure = AddressSpace.ReserveAnywhere(length, out ulong address);
        if (failure is null)
        {
            failure = SecretMemory.Map(address, length);
            AddressSpace.Release(address, length);
        }

        return failure;
    }
}
