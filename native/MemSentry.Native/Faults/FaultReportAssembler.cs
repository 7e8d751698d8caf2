using System.Text;
using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace MemSentry.Native.Faults;

/// <summary>Writes the part of the fault handler that puts a fault into words: one line on standard error, in one write.</summary>
/// <remarks>
/// <code>
/// rdi  where the next byte of the line goes        r12  siginfo
/// rbp  the faulting address                        r13  ucontext
/// rbx  the same without the mask's bit             r14  descriptor of the region, if there is one
///                                                  r15  rbx, counted from the arena's start
/// </code>
/// Subroutines append to the line and may destroy the other registers.
/// </remarks>
internal sealed class FaultReportAssembler(Assembler code, FaultHandlerPlan plan, Label passOn)
{
    /// <summary>"MemSntry" in memory order.</summary>
    private const ulong AlreadyReported = 0x7972_746e_536d_654d;

    private const int SystemCallWrite = 1;
    private const int StandardError = 2;
    private const int LongestHexadecimal = 18;
    private const int LongestDecimal = 20;

    private static readonly AssemblerRegister64[] Saved = [rbx, rbp, r12, r13, r14, r15, rdi, rsi, rdx];

    private readonly Dictionary<string, Label> _texts = [];
    private readonly Dictionary<FaultField, Label> _subroutines = [];

    /// <summary>Appends code that reports and passes on; r10 holds the faulting address, all else is as on entry.</summary>
    public void Report(FaultMessage message)
    {
        int buffer = (LengthOf(message) + 15) & ~15;
        code.mov(rax, AlreadyReported);
        code.cmp(__qword_ptr[rsi + SignalFrame.Reported], rax);
        code.je(passOn);
        code.mov(__qword_ptr[rsi + SignalFrame.Reported], rax);
        foreach (AssemblerRegister64 register in Saved)
        {
            code.push(register);
        }

        code.sub(rsp, buffer);
        code.mov(rbp, r10);
        code.mov(rbx, r10);
        code.btr(rbx, (byte)plan.MaskBit);
        code.mov(r12, rsi);
        code.mov(r13, rdx);
        code.mov(rdi, rsp);
        Append(message);
        code.mov(rdx, rdi);
        code.mov(rsi, rsp);
        code.sub(rdx, rsi);
        code.mov(edi, StandardError);
        code.mov(eax, SystemCallWrite);
        code.syscall();
        code.add(rsp, buffer);
        foreach (AssemblerRegister64 register in Saved.Reverse())
        {
            code.pop(register);
        }

        code.jmp(passOn);
    }

    /// <summary>Appends the subroutines that the reports call.</summary>
    public void Subroutines()
    {
        // A subroutine may call for another one; a field that no message has costs nothing.
        var done = new HashSet<FaultField>();
        while (_subroutines.Keys.Except(done).Cast<FaultField?>().FirstOrDefault() is { } field)
        {
            done.Add(field);
            Label start = _subroutines[field];
            code.Label(ref start);
            Subroutine(field);
        }
    }

    /// <summary>Appends the texts.</summary>
    public void Texts()
    {
        foreach ((string text, Label label) in _texts)
        {
            Label start = label;
            code.Label(ref start);
            code.db(Encoding.UTF8.GetBytes(text));
        }
    }

    /// <summary>Appends code that appends a message to the line.</summary>
    internal void Append(FaultMessage message)
    {
        foreach (FaultMessagePart part in message.Parts)
        {
            if (part.Field is { } field)
            {
                Call(field);
            }
            else
            {
                Append(part.Text);
            }
        }
    }

    private void Append(string text)
    {
        Load(text);
        code.rep.movsb();
    }

    private void Load(string text)
    {
        code.lea(rsi, __[LabelOf(_texts, text)]);
        code.mov(ecx, Encoding.UTF8.GetByteCount(text));
    }

    private void Call(FaultField field) => code.call(LabelOf(_subroutines, field));

    private Label LabelOf<T>(Dictionary<T, Label> labels, T key)
        where T : notnull
    {
        if (!labels.TryGetValue(key, out Label label))
        {
            label = code.CreateLabel();
            labels.Add(key, label);
        }

        return label;
    }

    private void Subroutine(FaultField field)
    {
        switch (field)
        {
            case FaultField.Access:
                AppendAccess();
                break;
            case FaultField.Fault:
                code.mov(r8, rbp);
                AppendHexadecimal();
                break;
            case FaultField.Original:
                code.mov(r8, rbx);
                AppendHexadecimal();
                break;
            case FaultField.Instruction:
                code.mov(r8, __qword_ptr[r13 + SignalFrame.InstructionPointer]);
                AppendHexadecimal();
                break;
            case FaultField.Place:
                new RegionSearchAssembler(code, Block).Search(Append);
                break;
            case FaultField.Region:
                AppendRegion();
                break;
            case FaultField.Name:
                code.movzx(ecx, __byte_ptr[r14 + Block.Regions.NameLength]);
                code.lea(rsi, __[r14 + Block.Regions.Name]);
                code.rep.movsb();
                code.ret();
                break;
            case FaultField.Domain:
                code.movzx(eax, __byte_ptr[r14 + Block.Regions.Domain]);
                code.imul(rax, rax, Block.Regions.DomainLength);
                code.mov(rsi, Block.Regions.Domains);
                code.add(rsi, rax);
                code.mov(ecx, __dword_ptr[rsi + Block.Regions.DomainNameLength]);
                code.lea(rsi, __[rsi + Block.Regions.DomainName]);
                code.rep.movsb();
                code.ret();
                break;
            case FaultField.Offset:
                code.mov(rax, r15);
                code.sub(rax, __qword_ptr[r14 + Block.Regions.Offset]);
                AppendDecimal();
                break;
            default:
                code.mov(rax, __qword_ptr[r14 + Block.Regions.Length]);
                AppendDecimal();
                break;
        }
    }

    private void AppendAccess()
    {
        Label chosen = code.CreateLabel();
        code.mov(rax, __qword_ptr[r13 + SignalFrame.ErrorCode]);
        Load("a store");
        code.bt(rax, SignalFrame.WriteBit);
        code.jc(chosen);
        Load("an instruction fetch");
        code.bt(rax, SignalFrame.FetchBit);
        code.jc(chosen);
        Load("a load");
        code.Label(ref chosen);
        code.rep.movsb();
        code.ret();
    }

    private void AppendRegion()
    {
        Label named = code.CreateLabel();
        code.cmp(__byte_ptr[r14 + Block.Regions.NameLength], 0);
        code.jne(named);
        Append("an unnamed safe region");
        code.ret();
        code.Label(ref named);
        Append("the safe region '");
        Call(FaultField.Name);
        Append("'");
        code.ret();
    }

    /// <summary>r8, from its highest digit that is not zero.</summary>
    private void AppendHexadecimal()
    {
        Label digit = code.CreateLabel();
        Label isLetter = code.CreateLabel();
        Label stored = code.CreateLabel();
        code.mov(eax, '0' | ('x' << 8));
        code.stosw();
        code.mov(rax, r8);
        code.or(rax, 1);
        code.bsr(rcx, rax);
        code.and(ecx, ~3);
        code.Label(ref digit);
        code.mov(rax, r8);
        code.shr(rax, cl);
        code.and(eax, 15);
        code.cmp(eax, 10);
        code.jae(isLetter);
        code.add(eax, '0');
        code.jmp(stored);
        code.Label(ref isLetter);
        code.add(eax, 'a' - 10);
        code.Label(ref stored);
        code.stosb();
        code.sub(ecx, 4);
        code.jns(digit);
        code.ret();
    }

    /// <summary>rax: the digits come lowest first, so the stack turns them round.</summary>
    private void AppendDecimal()
    {
        Label divide = code.CreateLabel();
        Label store = code.CreateLabel();
        code.mov(ecx, 10);
        code.xor(r9d, r9d);
        code.Label(ref divide);
        code.xor(edx, edx);
        code.div(rcx);
        code.push(rdx);
        code.inc(r9d);
        code.test(rax, rax);
        code.jne(divide);
        code.Label(ref store);
        code.pop(rax);
        code.add(eax, '0');
        code.stosb();
        code.dec(r9d);
        code.jne(store);
        code.ret();
    }

    private ProtectedBlock Block =>
        plan.Block ?? throw new InvalidOperationException("A message about the block is in a plan without one.");

    /// <summary>The most bytes that a message can have.</summary>
    private int LengthOf(FaultMessage message) =>
        message.Parts.Sum(part => part.Field is { } field ? LengthOf(field) : Encoding.UTF8.GetByteCount(part.Text));

    private int LengthOf(FaultField field) => field switch
    {
        FaultField.Access => "an instruction fetch".Length,
        FaultField.Fault or FaultField.Original or FaultField.Instruction => LongestHexadecimal,
        FaultField.Place => Block.Places.All.Max(LengthOf),
        FaultField.Region => "the safe region ''".Length + Math.Max(Block.Regions.NameCapacity, 8),
        FaultField.Name or FaultField.Domain => Block.Regions.NameCapacity,
        _ => LongestDecimal,
    };
}
