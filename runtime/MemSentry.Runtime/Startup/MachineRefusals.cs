using System.Runtime.InteropServices;
using MemSentry.Allocation;
using MemSentry.Native;

namespace MemSentry.Startup;

/// <summary>What is wrong with a machine or process before anything was tried.</summary>
internal static class MachineRefusals
{
    /// <summary>Block and alias: a limit below cannot work, whatever else the process maps.</summary>
    private const ulong NeededAddressSpace = 2 * AddressSpaceLayout.BlockLength;

    /// <summary>The first reason for which safe regions cannot be protected here; <see langword="null"/> if there is none.</summary>
    public static Refusal? Find(MachineFacts facts)
    {
        // From the most to the least fundamental: the remedy of a later one is pointless while an earlier one holds.
        if (!facts.IsLinux)
        {
            return new Refusal(
                RuntimeCode.OperatingSystemNotSupported,
                $"Safe regions need Linux, and this is {facts.OperatingSystem}; run on x86-64 Linux (a container or WSL 2 will do)");
        }

        if (facts.Processor != Architecture.X64)
        {
            return new Refusal(
                RuntimeCode.ProcessorNotSupported,
                $"Safe regions need an x86-64 process, and this one is {facts.Processor}; run the x64 build of .NET on an x86-64 machine");
        }

        if (facts.CLibrary == CLibrary.Musl)
        {
            return new Refusal(
                RuntimeCode.MuslNotSupported,
                "Safe regions need the GNU C library, and this process runs on musl; use an image that is not based on Alpine");
        }

        if (facts.PageSize != (int)ArenaGeometry.PageLength)
        {
            return new Refusal(
                RuntimeCode.PageSizeNotSupported,
                $"Safe regions need pages of 4096 bytes, and this kernel reports {facts.PageSize}; run on another kernel");
        }

        if (facts.UntagMask != ulong.MaxValue)
        {
            return new Refusal(
                RuntimeCode.LinearAddressMaskingOn,
                $"Linear-address masking is on (untag mask 0x{facts.UntagMask:x}), so an address with a tag would pass every check; " +
                "start the process without ARCH_ENABLE_TAGGED_ADDR");
        }

        if (facts.AddressSpaceLimit is { } limit && limit < NeededAddressSpace)
        {
            return new Refusal(
                RuntimeCode.AddressSpaceLimited,
                $"Safe regions reserve 8 TiB of address space (not memory), and this process is limited to {limit >> 10} KiB; " +
                "start it with 'ulimit -v unlimited' (systemd: LimitAS=infinity)");
        }

        return null;
    }
}
