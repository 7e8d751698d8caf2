using Iced.Intel;
using MemSentry.CompilerServices;
using MemSentry.Native;
using MemSentry.Native.Faults;
using static Iced.Intel.AssemblerRegisters;

namespace MemSentry.Runtime.Probe;

/// <summary>Other libraries that handle SIGSEGV too: each opens a page of its own when it is touched, and knows nothing else.</summary>
internal static unsafe class ForeignHandlers
{
    private const int SystemCallMprotect = 10;

    /// <summary>The library comes first: it must still get its faults.</summary>
    public static int First(string[] arguments)
    {
        byte* page = Install(FaultSignal.Read().Handler, out ulong* seen);
        WovenModule.Start("Probe", AddressSpaceLayout.Version, Starting.MaskingSettings);
        return Use(page, seen);
    }

    /// <summary>The library comes later; the argument says whether it passes on to us or to the handler of .NET.</summary>
    public static int Later(string[] arguments)
    {
        ulong dotnet = FaultSignal.Read().Handler;
        WovenModule.Start("Probe", AddressSpaceLayout.Version, Starting.MaskingSettings);
        byte* page = Install(arguments[0] == "chained" ? FaultSignal.Read().Handler : dotnet, out ulong* seen);
        PrintHandler();
        SafeRegion region = SafeRegion.Allocate(100, new SafeRegionOptions { Name = "session key" });
        PrintHandler();
        Use(page, seen);
        return NullAccesses.Load(region.Pointer, NullAccesses.Mask);
    }

    /// <summary>A library that puts its handler in place after every allocation.</summary>
    public static int Again(string[] arguments)
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, Starting.MaskingSettings);
        for (int i = 0; i < 20; i++)
        {
            Install(FaultSignal.Read().Handler, out _);
            SafeRegion.Allocate(16);
        }

        PrintHandler();
        Console.WriteLine(NullAccesses.Outcome(() => NullAccesses.Load(null, NullAccesses.Mask)));
        WovenModule.Start("Later", AddressSpaceLayout.Version, Starting.MaskingSettings);
        return 0;
    }

    /// <summary>A library registers its handler twice, so that it passes on to ours, which passes on to it.</summary>
    public static int Circle(string[] arguments)
    {
        WovenModule.Start("Probe", AddressSpaceLayout.Version, Starting.MaskingSettings);
        byte* page = Install(FaultSignal.Read().Handler, out ulong* seen);
        SafeRegion.Allocate(16);
        Expect(FaultSignal.Replace(FaultSignal.Read().Before(seen[3]), out SignalAction ours));
        seen[2] = ours.Handler;
        return Use(page, seen);
    }

    /// <summary>Somebody removes every handler; afterwards another module starts.</summary>
    public static int Default(string[] arguments)
    {
        if (arguments[0] == "later")
        {
            WovenModule.Start("Probe", AddressSpaceLayout.Version, Starting.MaskingSettings);
        }

        FaultSignal.Replace(default, out _);
        if (arguments[0] == "later")
        {
            SafeRegion.Allocate(16).Span.Fill(1);
            PrintHandler();
        }

        WovenModule.Start("Another", AddressSpaceLayout.Version, Starting.MaskingSettings);
        return 0;
    }

    private static int Use(byte* page, ulong* seen)
    {
        *page = 5;
        Console.WriteLine($"own page: {*page}");
        seen[0] = 0;
        Console.WriteLine(NullAccesses.Outcome(() => NullAccesses.Load((byte*)8, NullAccesses.Mask)));
        Console.WriteLine($"faults that the library saw: {seen[0]}, the last one at {seen[1]}");
        return 0;
    }

    private static void PrintHandler()
    {
        MemSentryStatus status = MemSentryRuntime.Status;
        Console.WriteLine($"{status.FaultHandler}: {string.Join("; ", status.Warnings)}");
    }

    /// <param name="next">Where the library passes on what it does not know.</param>
    /// <param name="seen">How many faults it saw, the address of the last one, and where it passes on, and where it starts.</param>
    /// <returns>Its page.</returns>
    private static byte* Install(ulong next, out ulong* seen)
    {
        Expect(AddressSpace.ReserveAnywhere(4096, out ulong page));
        Expect(AddressSpace.ReserveAnywhere(4096, out ulong counter));
        Expect(AddressSpace.Protect(counter, 4096, MemoryProtection.ReadWrite));
        seen = (ulong*)counter;
        seen[2] = next;

        Expect(ExecutablePages.Create(Assemble(0).Length, Assemble, out ulong handler));
        seen[3] = handler;
        Expect(FaultSignal.Replace(FaultSignal.Read().Before(handler), out _));
        return (byte*)page;

        byte[] Assemble(ulong address)
        {
            var code = new Assembler(64);
            Label other = code.CreateLabel();
            code.mov(r10, __qword_ptr[rsi + SignalFrame.Address]);
            code.mov(rax, counter);
            code.inc(__qword_ptr[rax]);
            code.mov(__qword_ptr[rax + 8], r10);
            code.mov(rdi, page);
            code.sub(r10, rdi);
            code.cmp(r10, 4096);
            code.mov(edi, 11);
            code.jae(other);
            code.mov(rdi, page);
            code.mov(esi, 4096);
            code.mov(edx, (int)MemoryProtection.ReadWrite);
            code.mov(eax, SystemCallMprotect);
            code.syscall();
            code.ret();
            code.Label(ref other);
            code.mov(rax, counter);
            code.jmp(__qword_ptr[rax + 16]);
            using var bytes = new MemoryStream();
            code.Assemble(new StreamCodeWriter(bytes), address);
            return bytes.ToArray();
        }
    }

    private static void Expect(SystemCallFailure? failure)
    {
        if (failure is not null)
        {
            throw new InvalidOperationException($"The scenario could not be set up: {failure}.");
        }
    }
}
