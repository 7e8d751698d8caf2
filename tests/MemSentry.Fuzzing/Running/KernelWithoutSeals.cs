using System.ComponentModel;
using System.Runtime.InteropServices;

namespace MemSentry.Fuzzing.Running;

/// <summary>
/// Makes this process's kernel one without <c>mseal</c>, as those before Linux 6.10 are, so that a runner may put memory where the runtime has only
/// reserved addresses (<see cref="Decoys"/>). The runtime goes on without seals where there are none.
/// </summary>
internal static unsafe class KernelWithoutSeals
{
    private const int SystemCallMseal = 462;
    private const int NoSuchCall = 38;

    /// <summary>Installs a filter of system calls on all threads.</summary>
    /// <exception cref="Win32Exception">The kernel does not allow it.</exception>
    public static void Enter()
    {
        // struct sock_filter { u16 code; u8 jt, jf; u32 k; }: load the call's number; if it is not mseal, allow; else answer ENOSYS.
        ulong* filter = stackalloc ulong[]
        {
            Instruction(0x20, 0, 0, 0),
            Instruction(0x15, 0, 1, SystemCallMseal),
            Instruction(0x06, 0, 0, 0x50000 | NoSuchCall),
            Instruction(0x06, 0, 0, 0x7fff0000),
        };
        ulong* program = stackalloc ulong[] { 4, (ulong)filter };
        const nuint setFilter = 1;
        const nuint allThreads = 1;
        if (LibC.Control(LibC.NoNewPrivileges, 1, 0, 0, 0) != 0 || LibC.SystemCall(LibC.Seccomp, setFilter, allThreads, program) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "The fuzzer's runner could not filter system calls (seccomp); allow that in the sandbox.");
    }

    private static ulong Instruction(ushort code, byte ifTrue, byte ifFalse, uint operand) =>
        code | ((ulong)ifTrue << 16) | ((ulong)ifFalse << 24) | ((ulong)operand << 32);
}
