using System.Runtime.InteropServices;
using MemSentry.Allocation;
using MemSentry.CompilerServices;
using MemSentry.Native;
using MemSentry.Startup;
using Microsoft.Win32.SafeHandles;

namespace MemSentry.Runtime.Probe;

/// <summary>Ways in which the runtime can, or cannot, start.</summary>
internal static unsafe class Starting
{
    public const string Settings = "ProtMethod=mpx;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf";

    public const string MaskingSettings = "ProtMethod=sfi;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf";

    public static int AsWovenModule(string[] arguments)
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, Settings);
        return UseRegion();
    }

    public static int WithLayout(string[] arguments)
    {
        WovenModule.Start("Probe", int.Parse(arguments[0]), Settings);
        return UseRegion();
    }

    public static int WithSettings(string[] arguments)
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, arguments[0]);
        return UseRegion();
    }

    public static int AllocateWithoutWovenModule(string[] arguments) => UseRegion();

    /// <summary>One page at the given hexadecimal address is somebody else's: it shows the file of the second argument.</summary>
    public static int BesideStranger(string[] arguments)
    {
        const int PrivateFixedNoReplace = 0x100002;
        var address = (void*)Convert.ToUInt64(arguments[0], 16);
        using SafeFileHandle file = File.OpenHandle(arguments[1]);
        if (LibC.Map(address, 4096, (int)MemoryProtection.Read, PrivateFixedNoReplace, (int)file.DangerousGetHandle(), 0) != address)
        {
            throw new InvalidOperationException("The scenario could not be set up: mmap was refused.");
        }

        return AsWovenModule([]);
    }

    /// <summary>Somebody has reserved the whole block, but there is no arena in it.</summary>
    public static int BesideEmptyBlock(string[] arguments)
    {
        Expect(AddressSpace.Reserve(AddressSpaceLayout.BlockStart, AddressSpaceLayout.BlockLength));
        return AsWovenModule([]);
    }

    /// <summary>Block and header are those of a copy of the runtime with another layout.</summary>
    public static int BesideOtherLayout(string[] arguments)
    {
        Expect(AddressSpace.Reserve(AddressSpaceLayout.BlockStart, AddressSpaceLayout.BlockLength));
        Expect(AddressSpace.Protect(AddressSpaceLayout.ArenaStart, ArenaGeometry.HeaderLength, MemoryProtection.ReadWrite));
        var arena = (ArenaHeader*)AddressSpaceLayout.ArenaStart;
        arena->LayoutVersion = int.Parse(arguments[0]);
        arena->Magic = ArenaHeader.ExpectedMagic;
        return AsWovenModule([]);
    }

    /// <summary>This machine, except for one fact.</summary>
    public static int OnOtherMachine(string[] arguments)
    {
        MachineFacts here = MachineFacts.Read();
        MachineFacts other = arguments[0] switch
        {
            "windows" => here with { IsLinux = false, OperatingSystem = "Windows" },
            "arm64" => here with { Processor = Architecture.Arm64 },
            "musl" => here with { CLibrary = CLibrary.Musl },
            _ => throw new ArgumentException($"No machine is called '{arguments[0]}'."),
        };
        RuntimeStart.StartModule("Probe", AddressSpaceLayout.Version, Settings, other);
        Announcements.Write();
        return UseRegion();
    }

    /// <summary>Started with <c>ulimit -l 0</c>: without the capability, which root has, the kernel locks nothing.</summary>
    public static int WithoutLockPrivilege(string[] arguments)
    {
        Capabilities.DropAllOnThisThread();
        return AsWovenModule([]);
    }

    public static int UseRegion()
    {
        using SafeRegion region = SafeRegion.Allocate(64, new SafeRegionOptions { Name = "probe" });
        region.Span.Fill(0x5a);
        Console.WriteLine($"region in block: {(ulong)region.Pointer >> AddressSpaceLayout.BlockShift == AddressSpaceLayout.BlockIndex}");
        Console.WriteLine(MemSentryRuntime.Status);
        return 0;
    }

    private static void Expect(SystemCallFailure? failure)
    {
        if (failure is not null)
        {
            throw new InvalidOperationException($"The scenario could not be set up: {failure}.");
        }
    }
}
