using System.Runtime.InteropServices;

namespace MemSentry.Runtime.Probe;

/// <summary>Has the kernel refuse a system call of the calling thread from now on (seccomp(2)), as a limit or a sandbox would.</summary>
internal static unsafe partial class KernelRefusal
{
    public const uint OutOfMemory = 12;
    public const uint TooManyFiles = 24;
    public const uint NotPermitted = 1;

    private const long SystemCallPrctl = 157;
    private const nuint NoNewPrivileges = 38;
    private const nuint SetFilter = 22;
    private const nuint FilterMode = 2;

    private const ushort Load = 0x20;
    private const ushort And = 0x54;
    private const ushort SkipUnlessEqual = 0x15;
    private const ushort Return = 0x06;
    private const uint Allow = 0x7fff0000;
    private const uint Fail = 0x50000;

    /// <summary>All calls of a number.</summary>
    public static void Of(uint call, uint error) => Install([(0, uint.MaxValue, call)], error);

    /// <summary>Those about an address, with a third argument: for mprotect, the rights.</summary>
    public static void Of(uint call, ulong address, uint third, uint error) => Install(
        [(0, uint.MaxValue, call), (16, uint.MaxValue, (uint)address), (20, uint.MaxValue, (uint)(address >> 32)), (32, uint.MaxValue, third)], error);

    /// <summary>Those about any address of the arena.</summary>
    public static void OfArena(uint call, uint third, uint error) => Install(
        [(0, uint.MaxValue, call), (20, 0xfffffff0, (uint)(AddressSpaceLayout.ArenaStart >> 32)), (32, uint.MaxValue, third)], error);

    /// <summary>Words of struct seccomp_data that must all be as said, for the call to fail.</summary>
    private static void Install(IReadOnlyList<(uint Offset, uint Mask, uint Value)> conditions, uint error)
    {
        var program = new List<ulong>();
        int length = (conditions.Count * 3) + 2;
        foreach ((uint offset, uint mask, uint value) in conditions)
        {
            program.Add(Instruction(Load, 0, offset));
            program.Add(Instruction(And, 0, mask));
            program.Add(Instruction(SkipUnlessEqual, length - program.Count - 2, value));
        }

        program.Add(Instruction(Return, 0, Fail | error));
        program.Add(Instruction(Return, 0, Allow));
        fixed (ulong* first = program.ToArray())
        {
            ulong* described = stackalloc ulong[] { (ulong)program.Count, (ulong)first };
            if (Control(SystemCallPrctl, NoNewPrivileges, 1, 0, 0, 0) != 0 || Control(SystemCallPrctl, SetFilter, FilterMode, (nuint)described, 0, 0) != 0)
            {
                throw new InvalidOperationException("The scenario could not be set up: seccomp was refused.");
            }
        }
    }

    private static ulong Instruction(ushort code, int skipped, uint operand) => code | ((ulong)skipped << 24) | ((ulong)operand << 32);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial long Control(long number, nuint first, nuint second, nuint third, nuint fourth, nuint fifth);
}
