using System.Runtime.InteropServices;

namespace MemSentry.Native;

/// <summary>
/// Everything about machine and process that decides whether safe regions can be protected. A plain record, so that every refusal
/// can be tested on facts of a machine that is not at hand.
/// </summary>
internal sealed record MachineFacts
{
    private const int ResourceStack = 3;
    private const int ResourceLockedMemory = 8;
    private const int ResourceAddressSpace = 9;
    private const ulong NoLimit = ulong.MaxValue;
    private const nuint GetUntagMask = 0x4001;

    /// <summary>Whether the system is Linux.</summary>
    public required bool IsLinux { get; init; }

    /// <summary>The system's own description, for messages.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>What the process's code runs as.</summary>
    public required Architecture Processor { get; init; }

    /// <summary>The C library in the process.</summary>
    public required CLibrary CLibrary { get; init; }

    /// <summary>Bytes of a page.</summary>
    public required int PageSize { get; init; }

    /// <summary>RLIMIT_AS in bytes (ulimit -v); <see langword="null"/> for none.</summary>
    public required ulong? AddressSpaceLimit { get; init; }

    /// <summary>RLIMIT_MEMLOCK in bytes (ulimit -l); <see langword="null"/> for none.</summary>
    public ulong? LockedMemoryLimit { get; init; }

    /// <summary>Whether RLIMIT_STACK is off (ulimit -s unlimited): then the kernel leaves it so much room that mappings start far lower.</summary>
    public bool IsStackUnlimited { get; init; }

    /// <summary>
    /// The address bits that the processor looks at: all ones unless linear-address masking is on for this process
    /// (Intel SDM volume 1, 3.3.7.1; ARCH_GET_UNTAG_MASK).
    /// </summary>
    public required ulong UntagMask { get; init; }

    /// <summary>Asks the running machine.</summary>
    public static MachineFacts Read()
    {
        bool isLinux = System.OperatingSystem.IsLinux();
        return new MachineFacts
        {
            IsLinux = isLinux,
            OperatingSystem = RuntimeInformation.OSDescription,
            Processor = RuntimeInformation.ProcessArchitecture,
            CLibrary = isLinux ? FindCLibrary(MemoryMap.ReadSelf()) : CLibrary.Other,
            PageSize = Environment.SystemPageSize,
            AddressSpaceLimit = isLinux ? ReadLimit(ResourceAddressSpace) : null,
            LockedMemoryLimit = isLinux ? ReadLimit(ResourceLockedMemory) : null,
            IsStackUnlimited = isLinux && ReadLimit(ResourceStack) is null,
            UntagMask = isLinux && RuntimeInformation.ProcessArchitecture == Architecture.X64 ? ReadUntagMask() : ulong.MaxValue,
        };
    }

    /// <summary>By what is loaded, not by what is installed: a glibc next to musl (gcompat) does not count.</summary>
    internal static CLibrary FindCLibrary(MemoryMap map)
    {
        CLibrary found = CLibrary.Other;
        foreach (MappedRange range in map.Ranges)
        {
            string file = Path.GetFileName(range.Name);
            if (file.StartsWith("ld-musl-", StringComparison.Ordinal) || file.StartsWith("libc.musl-", StringComparison.Ordinal))
            {
                return CLibrary.Musl;
            }

            bool isGlibc = file.StartsWith("libc.so.6", StringComparison.Ordinal) || file.StartsWith("libc-2.", StringComparison.Ordinal);
            found = isGlibc ? CLibrary.Glibc : found;
        }

        return found;
    }

    private static unsafe ulong? ReadLimit(int resource)
    {
        ulong* softAndHard = stackalloc ulong[2];
        return LibC.GetResourceLimit(resource, softAndHard) == 0 && softAndHard[0] != NoLimit ? softAndHard[0] : null;
    }

    private static unsafe ulong ReadUntagMask()
    {
        // Kernels that cannot switch masking on do not know the request either: then nothing is masked.
        ulong mask;
        return LibC.SystemCall(LibC.SystemCallArchPrctl, GetUntagMask, (nuint)(&mask), 0) == 0 ? mask : ulong.MaxValue;
    }
}
