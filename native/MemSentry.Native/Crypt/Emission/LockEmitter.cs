using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace MemSentry.Native.Crypt.Emission;

/// <summary>The lock of a region's header, which rsi points to. Held inside stubs only, never by managed code: so no collection waits for it.</summary>
internal sealed class LockEmitter(Assembler code)
{
    private const int SystemCallYield = 24;

    /// <summary>Rounds before the processor is left to others: the holder may have lost it.</summary>
    private const int Patience = 256;

    /// <summary>Waits for the lock. Uses rax, rcx and r11.</summary>
    public void Acquire()
    {
        Label attempt = code.CreateLabel();
        Label wait = code.CreateLabel();
        Label acquired = code.CreateLabel();
        code.Label(ref attempt);
        code.mov(eax, 1);
        code.xchg(__dword_ptr[rsi + CryptHeader.LockOffset], eax);
        code.test(eax, eax);
        code.je(acquired);
        code.mov(ecx, Patience);
        code.Label(ref wait);
        code.pause();
        code.cmp(__dword_ptr[rsi + CryptHeader.LockOffset], 0);
        code.je(attempt);
        code.dec(ecx);
        code.jne(wait);
        code.mov(eax, SystemCallYield);
        code.syscall();
        code.jmp(attempt);
        code.Label(ref acquired);
    }

    /// <summary>Stores are not moved before earlier ones (Intel SDM volume 3, 10.2.2).</summary>
    public void Release() => code.mov(__dword_ptr[rsi + CryptHeader.LockOffset], 0);
}
