using System.Runtime.InteropServices;
using MemSentry.Allocation;
using MemSentry.Native.Probe.Tracing;
using MemSentry.Native.ProtectionKeys;
using Microsoft.Win32.SafeHandles;

namespace MemSentry.Native.Probe.ProtectionKeys;

/// <summary>Whom a program can ask to read for it: the kernel, another process, a function of the C library.</summary>
internal static unsafe partial class KernelReads
{
    private const long SystemCallWrite = 1;
    private const long SystemCallPipe = 22;

    public static int Run()
    {
        var checks = new Checks();
        ProbeModule.Start("ProtMethod=mpk");
        KeyedDomain domain = KeyedDomain.Allocate("signing keys");
        using Observer observer = Observer.Start();
        ulong address = domain.Address;
        checks.That("the pages are secret memory", Arena.Current->SecretError == 0, (Errno)Arena.Current->SecretError);
        checks.That("write(2) out of a closed domain is refused", Write(address) == Errno.EFAULT, Write(address));
        foreach (bool isOpen in (bool[])[false, true])
        {
            string when = isOpen ? "open" : "closed";
            Set(domain, isOpen);
            checks.That($"process_vm_readv is refused, {when}", ReadProcess(address) == Errno.EFAULT, ReadProcess(address));
            checks.That($"/proc/self/mem is refused, {when}", !CanReadFile(address));
            Set(domain, isOpen);
            string outside = observer.Peek(address);
            checks.That($"another process is refused as a debugger and by /proc/PID/mem, {when}", outside == "no no" && isOpen == (domain.Rights == KeyRights.ReadWrite), outside);
        }

        checks.That("write(2) out of an open one is not: it runs with the rights of the thread", Write(address) == Errno.None, Write(address));
        domain.Close();
        byte* ordinary = stackalloc byte[8];
        checks.That(
            "all of them read ordinary memory",
            Write((ulong)ordinary) == Errno.None && ReadProcess((ulong)ordinary) == Errno.None && CanReadFile((ulong)ordinary) && observer.Peek((ulong)ordinary) == "yes yes");
        return checks.Sum();
    }

    /// <summary>A function of the C library, called by P/Invoke, copies out of a closed domain: the processor stops it, whoever's code it is.</summary>
    public static int Copy()
    {
        ProbeModule.Start("ProtMethod=mpk");
        KeyedDomain domain = KeyedDomain.Allocate("signing keys");
        var copy = (delegate* unmanaged<byte*, byte*, nuint, byte*>)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "memcpy");
        byte* target = stackalloc byte[16];
        Console.WriteLine("copying");
        copy(target, (byte*)domain.Address, 16);
        Console.WriteLine("copied");
        return 0;
    }

    /// <summary>Again after each exception, which closes windows.</summary>
    private static void Set(KeyedDomain domain, bool isOpen)
    {
        if (isOpen)
        {
            domain.Open();
        }
    }

    private static Errno Write(ulong address)
    {
        int* pipe = stackalloc int[2];
        _ = LibC.SystemCall(SystemCallPipe, (nuint)pipe, 0, 0);
        Errno error = LibC.SystemCall(SystemCallWrite, (nuint)pipe[1], (nuint)address, 8) == 8 ? Errno.None : (Errno)Marshal.GetLastPInvokeError();
        _ = LibC.Close(pipe[0]);
        _ = LibC.Close(pipe[1]);
        return error;
    }

    private static Errno ReadProcess(ulong address)
    {
        byte* target = stackalloc byte[8];
        nuint* vectors = stackalloc nuint[4];
        vectors[0] = (nuint)target;
        vectors[2] = (nuint)address;
        vectors[1] = vectors[3] = 8;
        return ReadProcess(Environment.ProcessId, vectors, 1, vectors + 2, 1, 0) == 8 ? Errno.None : (Errno)Marshal.GetLastPInvokeError();
    }

    private static bool CanReadFile(ulong address)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle("/proc/self/mem");
            return RandomAccess.Read(file, new byte[8], (long)address) == 8;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>process_vm_readv has six arguments, and a wrapper in every C library.</summary>
    [LibraryImport("libc", EntryPoint = "process_vm_readv", SetLastError = true)]
    private static partial nint ReadProcess(int process, nuint* local, nuint locals, nuint* remote, nuint remotes, nuint flags);
}
