using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace MemSentry.Native.Faults;

/// <summary>
/// Writes the handler of SIGSEGV that stands before the one of .NET. It is machine code, because a handler may interrupt anything - the
/// collector, a lock, the JIT - and must touch nothing that the interrupted code may hold.
/// </summary>
/// <remarks>
/// <code>
/// where the fault is                    what is done before the next handler runs
///   [1 &lt;&lt; 46, + 64 KiB)               the address becomes the offset from null, so that .NET throws NullReferenceException as ever
///   the alias of the block              a report: a masked access was blocked
///   the block                           a report: an access that was not masked met a guard, or a page that is closed by its rights or by its key
///   where only the mask's bit leads     a report: memory lies too low for the mask
///   elsewhere, or by another's key      nothing
/// </code>
/// The next handler is reached by a jump, with the registers and the stack that the kernel set up: it cannot tell that there was another,
/// and neither can whoever unwinds the stack. The only things written are address and code in the kernel's own siginfo, marks in its padding
/// that keep a fault from being reported twice or passed on in a circle, and the stack below the frame. System calls are write and mincore, made directly, so
/// that errno stays what it was. A fault in the handler itself would end the process (SIGSEGV is blocked meanwhile); it reads
/// nothing but the frame and the arena's own sealed tables, whose pages have no key: the kernel calls a handler with every key closed.
/// </remarks>
internal sealed class FaultHandlerAssembler
{
    /// <summary>SEGV_MAPERR is 1 and SEGV_ACCERR 2.</summary>
    private const int LastAddressCode = 2;

    /// <summary>SEGV_PKUERR: a protection key stopped the access. Between them is SEGV_BNDERR, which means no address.</summary>
    private const int KeyCode = 4;

    private const int SystemCallMincore = 27;

    private readonly Assembler _code = new(64);
    private readonly FaultHandlerPlan _plan;
    private readonly FaultReportAssembler _report;
    private Label _passOn;

    private FaultHandlerAssembler(FaultHandlerPlan plan)
    {
        _plan = plan;
        _passOn = _code.CreateLabel("pass_on");
        _report = new FaultReportAssembler(_code, plan, _passOn);
    }

    /// <summary>The code for an address; it is as long for every other address.</summary>
    public static FaultHandlerCode Assemble(FaultHandlerPlan plan, ulong address)
    {
        var assembler = new FaultHandlerAssembler(plan);
        assembler.Dispatch();
        assembler._report.Subroutines();
        Label end = assembler._code.CreateLabel("end_of_code");
        assembler._code.Label(ref end);
        assembler._code.int3();
        assembler._report.Texts();

        using var bytes = new MemoryStream();
        AssemblerResult result = assembler._code.Assemble(new StreamCodeWriter(bytes), address, BlockEncoderOptions.ReturnNewInstructionOffsets);
        return new FaultHandlerCode(bytes.ToArray(), (int)(result.GetLabelRIP(end) - address));
    }

    private void Dispatch()
    {
        Label isNull = _code.CreateLabel("null");
        Label isMasked = _code.CreateLabel("masked");
        Label isDirect = _code.CreateLabel("direct");
        Label mayBeLow = _code.CreateLabel("may_be_low");

        // On entry: edi = signal, rsi = siginfo, rdx = ucontext. r10 keeps the faulting address.
        _code.endbr64();
        _code.mov(eax, __dword_ptr[rsi + SignalFrame.Code]);
        _code.mov(r10, __qword_ptr[rsi + SignalFrame.Address]);
        if (_plan.Block is { } closed)
        {
            ReportKeyFault(closed, isDirect);
        }

        _code.dec(eax);
        _code.cmp(eax, LastAddressCode - 1);
        _code.ja(_passOn);
        JumpIfInRange(_plan.NullRangeShift, 1 << (_plan.MaskBit - _plan.NullRangeShift), isNull);
        if (_plan.Block is { } block)
        {
            JumpIfInRange(block.Shift, block.Index | (1 << (_plan.MaskBit - block.Shift)), isMasked);
            JumpIfInRange(block.Shift, block.Index, isDirect);
        }

        JumpIfInRange(_plan.MaskBit, 1, mayBeLow);

        PassOn();

        _code.Label(ref isNull);
        _code.btr(r10, (byte)_plan.MaskBit);
        _code.mov(__qword_ptr[rsi + SignalFrame.Address], r10);
        _code.jmp(_passOn);

        _code.Label(ref mayBeLow);
        PassOnIfNothingLiesBelow();
        _report.Report(_plan.LowMemory);
        if (_plan.Block is not null)
        {
            _code.Label(ref isMasked);
            _report.Report(_plan.Block.MaskedAccess);
            _code.Label(ref isDirect);
            _report.Report(_plan.Block.DirectAccess);
        }
    }

    /// <summary>
    /// A library that registers its handler again while ours is before it takes ours for the one to pass on to: a circle. Then the handler that was
    /// there before both ends it.
    /// </summary>
    private void PassOn()
    {
        Label isFirstVisit = _code.CreateLabel("first_visit");
        _code.Label(ref _passOn);
        _code.bts(__qword_ptr[rsi + SignalFrame.PassedThrough], (byte)_plan.Order);
        _code.mov(rax, _plan.NextHandler);
        _code.jnc(isFirstVisit);
        _code.mov(rax, _plan.FirstHandler);
        _code.Label(ref isFirstVisit);
        _code.jmp(rax);
    }

    /// <summary>
    /// Only the block: null range and alias have no key, and pages with a key elsewhere are another library's affair. .NET does not know the si_code and would
    /// speak of an illegal instruction, so it is told of the rights of a page, as for every other closed region. eax is si_code.
    /// </summary>
    private void ReportKeyFault(ProtectedBlock block, Label isDirect)
    {
        Label isOther = _code.CreateLabel("other_code");
        _code.cmp(eax, KeyCode);
        _code.jne(isOther);
        _code.mov(rax, r10);
        _code.shr(rax, (byte)block.Shift);
        _code.cmp(rax, block.Index);
        _code.jne(_passOn);
        _code.mov(__dword_ptr[rsi + SignalFrame.Code], LastAddressCode);
        _code.jmp(isDirect);
        _code.Label(ref isOther);
    }

    private void JumpIfInRange(int shift, int index, Label target)
    {
        _code.mov(rax, r10);
        _code.shr(rax, (byte)shift);
        _code.cmp(rax, index);
        _code.je(target);
    }

    /// <summary>mincore answers ENOMEM for a page that is not mapped, and is no access itself.</summary>
    private void PassOnIfNothingLiesBelow()
    {
        _code.push(rdi);
        _code.push(rsi);
        _code.push(rdx);
        _code.push(rdx);
        _code.mov(rdi, r10);
        _code.btr(rdi, (byte)_plan.MaskBit);
        _code.and(rdi, -4096);
        _code.mov(esi, 1);
        _code.mov(rdx, rsp);
        _code.mov(eax, SystemCallMincore);
        _code.syscall();
        _code.pop(rdx);
        _code.pop(rdx);
        _code.pop(rsi);
        _code.pop(rdi);
        _code.test(eax, eax);
        _code.jne(_passOn);
    }
}
