using MemSentry.Native;

namespace MemSentry.Switches.Arms;

/// <summary>What every window of <c>mprotect</c> costs at least: two system calls about one page, and nothing that remembers who has it open.</summary>
internal static unsafe class BarePages
{
    private const ulong Length = 4096;

    /// <summary>Maps a page, writes what will be read, and closes it.</summary>
    /// <exception cref="PlatformNotSupportedException">The kernel refuses.</exception>
    public static Arm Create()
    {
        Check(AddressSpace.ReserveAnywhere(Length, out ulong page));
        Check(AddressSpace.Protect(page, Length, MemoryProtection.ReadWrite));
        *(ulong*)page = Arm.Content;
        Check(AddressSpace.Protect(page, Length, MemoryProtection.None));
        return new Arm("bare", "two system calls about one page", () => Read(page));
    }

    private static ulong Read(ulong page)
    {
        Check(AddressSpace.Protect(page, Length, MemoryProtection.Read));
        ulong value = *(ulong*)page;
        Check(AddressSpace.Protect(page, Length, MemoryProtection.None));
        return value;
    }

    private static void Check(SystemCallFailure? failure)
    {
        if (failure is not null)
            throw new PlatformNotSupportedException(failure.ToString());
    }
}
