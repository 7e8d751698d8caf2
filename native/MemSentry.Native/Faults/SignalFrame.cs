namespace MemSentry.Native.Faults;

/// <summary>
/// Where a handler of SIGSEGV finds what (x86-64; kernel: include/uapi/asm-generic/siginfo.h, arch/x86/include/uapi/asm/sigcontext.h).
/// <code>
/// siginfo, 128 bytes (rsi)          ucontext (rdx)
///     0  si_signo                       0  uc_flags, uc_link, uc_stack
///     8  si_code                       40  r8 … r15, rdi, rsi, rbp, rbx, rdx, rax, rcx, rsp
///    16  si_addr                      168  rip
///    24  …                            192  err: the processor's page-fault error code
///   112  padding, zero                200  trapno
///   128                               216  cr2
/// </code>
/// </summary>
internal static class SignalFrame
{
    public const int Code = 8;
    public const int Address = 16;

    /// <summary>The kernel clears what it does not use, so a bit here comes from a handler of ours that the signal has passed through.</summary>
    public const int PassedThrough = 112;

    /// <summary>Likewise a value here.</summary>
    public const int Reported = 120;

    public const int InstructionPointer = 168;
    public const int ErrorCode = 192;

    /// <summary>Intel SDM volume 3, 4.7: the access was a write.</summary>
    public const int WriteBit = 1;

    /// <summary>Likewise: it was an instruction fetch.</summary>
    public const int FetchBit = 4;
}
