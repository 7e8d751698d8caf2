using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace MemSentry.Native.Probe.Tracing;

/// <summary>A thread of another process that is stopped by ptrace(2). All calls have to come from the thread that has stopped it.</summary>
internal sealed unsafe class TracedThread
{
    private const long SystemCallPtrace = 101;
    private const long SystemCallWait = 61;
    private const nuint PeekData = 2;
    private const nuint Detaching = 17;
    private const nuint GetRegisterSet = 0x4204;
    private const nuint Seizing = 0x4206;
    private const nuint Interrupting = 0x4207;
    private const nuint AllChildren = 0x40000000;

    /// <summary>NT_X86_XSTATE: what XSAVE stores, in its standard format (Intel SDM volume 1, 13.4).</summary>
    private const nuint ExtendedState = 0x202;

    private const int ExtendedStateLeaf = 0xd;
    private const int KeyRegisterComponent = 9;
    private const int LongestState = 16384;

    private readonly int _thread;

    private TracedThread(int thread) => _thread = thread;

    /// <summary>Stops a thread; <see langword="null"/> if it has ended meanwhile.</summary>
    public static TracedThread? Stop(int thread)
    {
        if (LibC.SystemCall(SystemCallPtrace, Seizing, (nuint)thread, 0, 0) != 0)
        {
            return Marshal.GetLastPInvokeError() == NoSuchProcess ? null : throw Failure("PTRACE_SEIZE");
        }

        Call(Interrupting, thread, 0, 0, "PTRACE_INTERRUPT");
        return LibC.SystemCall(SystemCallWait, (nuint)thread, 0, AllChildren, 0) == thread ? new TracedThread(thread) : null;
    }

    /// <summary>Lets it go on.</summary>
    public void Continue() => LibC.SystemCall(SystemCallPtrace, Detaching, (nuint)_thread, 0, 0);

    /// <summary>Its number, name and key register.</summary>
    public ThreadRights ReadRights(int process)
    {
        byte* state = stackalloc byte[LongestState];
        nuint* vector = stackalloc nuint[2];
        vector[0] = (nuint)state;
        vector[1] = LongestState;
        Call(GetRegisterSet, _thread, ExtendedState, (nuint)vector, "PTRACE_GETREGSET");
        int offset = X86Base.CpuId(ExtendedStateLeaf, KeyRegisterComponent).Ebx;
        return offset > 0 && (nuint)offset + sizeof(uint) <= vector[1]
            ? new ThreadRights(_thread, File.ReadAllText($"/proc/{process}/task/{_thread}/comm").Trim(), *(uint*)(state + offset))
            : throw new PlatformNotSupportedException("The kernel does not tell the key register of a thread: the processor has none.");
    }

    /// <summary>Whether a debugger can read eight bytes.</summary>
    public bool CanRead(ulong address)
    {
        long value;
        return LibC.SystemCall(SystemCallPtrace, PeekData, (nuint)_thread, (nuint)address, (nuint)(&value)) == 0;
    }

    private const int NoSuchProcess = 3;

    private static void Call(nuint request, int thread, nuint address, nuint data, string name)
    {
        if (LibC.SystemCall(SystemCallPtrace, request, (nuint)thread, address, data) != 0)
        {
            throw Failure(name);
        }
    }

    private static InvalidOperationException Failure(string call) => new($"{call} failed with errno {Marshal.GetLastPInvokeError()}.");
}
