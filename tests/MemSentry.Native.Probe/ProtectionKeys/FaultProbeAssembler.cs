using Iced.Intel;
using MemSentry.Native.Faults;
using static Iced.Intel.AssemblerRegisters;

namespace MemSentry.Native.Probe.ProtectionKeys;

/// <summary>
/// Writes functions that do what a program must not - touch closed memory, jump into the middle of a stub - and a handler that writes down what the kernel says
/// about it and has the function return 1. Managed code could not: there, a fault becomes an exception, and its si_code is gone.
/// </summary>
internal static class FaultProbeAssembler
{
    private const int InformationKey = 32;

    private static readonly AssemblerRegister64[] Volatile = [rax, rcx, rdx, rsi, rdi, r8, r9, r10, r11];

    /// <summary>The code; entries are handler, load, store, jump and call.</summary>
    /// <param name="record">Address of the <see cref="FaultRecord"/>.</param>
    /// <param name="watched">Ranges of code whose faults are ours.</param>
    /// <param name="next">The handlers of other faults, by signal.</param>
    /// <param name="address">Where the code will lie.</param>
    public static (byte[] Bytes, int[] Entries) Assemble(
        ulong record, IReadOnlyList<(ulong Start, ulong Length)> watched, IReadOnlyDictionary<int, ulong> next, ulong address)
    {
        var code = new Assembler(64);
        Label landing = code.CreateLabel();
        Label[] entries =
        [
            Handler(code, record, watched, next, landing),
            Load(code),
            Store(code),
            Jump(code),
            Call(code, record),
        ];
        code.Label(ref landing);
        code.mov(eax, 1);
        code.ret();
        using var bytes = new MemoryStream();
        AssemblerResult result = code.Assemble(new StreamCodeWriter(bytes), address, BlockEncoderOptions.ReturnNewInstructionOffsets);
        return (bytes.ToArray(), [.. entries.Select(entry => (int)(result.GetLabelRIP(entry) - address))]);
    }

    /// <summary>edi = signal, rsi = siginfo, rdx = ucontext. The kernel gives the thread its registers back, the key register among them.</summary>
    private static Label Handler(
        Assembler code, ulong record, IReadOnlyList<(ulong Start, ulong Length)> watched, IReadOnlyDictionary<int, ulong> next, Label landing)
    {
        Label start = Start(code);
        Label isOurs = code.CreateLabel();
        foreach ((ulong rangeStart, ulong length) in watched)
        {
            code.mov(rax, __qword_ptr[rdx + SignalFrame.InstructionPointer]);
            code.mov(rcx, rangeStart);
            code.sub(rax, rcx);
            code.mov(rcx, length);
            code.cmp(rax, rcx);
            code.jb(isOurs);
        }

        foreach ((int signal, ulong handler) in next)
        {
            code.mov(rcx, handler);
            code.cmp(edi, signal);
            code.cmove(rax, rcx);
        }

        code.jmp(rax);

        code.Label(ref isOurs);
        code.mov(rax, record);
        code.mov(__dword_ptr[rax + 16], edi);
        code.mov(ecx, __dword_ptr[rsi + SignalFrame.Code]);
        code.mov(__dword_ptr[rax], ecx);
        code.mov(ecx, __dword_ptr[rsi + InformationKey]);
        code.mov(__dword_ptr[rax + 4], ecx);
        code.mov(rcx, __qword_ptr[rsi + SignalFrame.Address]);
        code.mov(__qword_ptr[rax + 8], rcx);
        code.lea(rcx, __[landing]);
        code.mov(__qword_ptr[rdx + SignalFrame.InstructionPointer], rcx);
        code.ret();
        return start;
    }

    /// <summary>rdi = address.</summary>
    private static Label Load(Assembler code)
    {
        Label start = Start(code);
        code.mov(rax, __qword_ptr[rdi]);
        code.xor(eax, eax);
        code.ret();
        return start;
    }

    /// <summary>rdi = address, rsi = value.</summary>
    private static Label Store(Assembler code)
    {
        Label start = Start(code);
        code.mov(__qword_ptr[rdi], rsi);
        code.xor(eax, eax);
        code.ret();
        return start;
    }

    /// <summary>rdi = target, esi = what is in eax there, and ecx and edx are 0, as wrpkru wants it.</summary>
    private static Label Jump(Assembler code)
    {
        Label start = Start(code);
        code.mov(eax, esi);
        code.xor(ecx, ecx);
        code.xor(edx, edx);
        code.jmp(rdi);
        return start;
    }

    /// <summary>rdi = a function; what it leaves in volatile registers, which were all ones before, is written down.</summary>
    private static Label Call(Assembler code, ulong record)
    {
        Label start = Start(code);
        code.push(rbx);
        code.push(rbp);
        code.sub(rsp, 8);
        code.mov(rbx, record);
        code.mov(rbp, rdi);
        foreach (AssemblerRegister64 register in Volatile)
        {
            code.mov(register, -1L);
        }

        code.call(rbp);
        for (int i = 0; i < Volatile.Length; i++)
        {
            code.mov(__qword_ptr[rbx + FaultRecord.Registers + (8 * i)], Volatile[i]);
        }

        code.add(rsp, 8);
        code.pop(rbp);
        code.pop(rbx);
        code.xor(eax, eax);
        code.ret();
        return start;
    }

    private static Label Start(Assembler code)
    {
        Label start = code.CreateLabel();
        code.Label(ref start);
        code.endbr64();
        return start;
    }
}
