using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace MemSentry.Native.ProtectionKeys.Gates;

/// <summary>Writes the page of stubs of a domain: functions without arguments that touch no memory.</summary>
/// <remarks>
/// <code>
/// Is, May rdpkru; everything of ours is closed, or this key's bits grant enough: 1, otherwise 0
/// Enter   rdpkru; everything of ours closed, else ud2; wrpkru with this key open; rdpkru; all our bits as meant, else ud2
/// Leave   rdpkru; wrpkru with all our keys closed; rdpkru; all our bits as meant, else ud2; volatile registers cleared
/// Open    the same for this key only, whatever else is open
/// Close   likewise
/// </code>
/// With constants (<see cref="GatePlan.Others"/>), Leave begins with wrpkru, and Enter and Leave compare the whole register.
/// Whoever jumps to a <c>wrpkru</c> with a value of his own meets the comparison behind it, which reads the register and not what was to be written. The rights
/// come from the register alone: nothing that lies in memory says whether a window is open. All constants are loaded as 32 bits, so that the code has the same
/// length and the same boundaries for all keys: a page is replaced while threads may be in it.
/// </remarks>
internal sealed class GateAssembler(GatePlan plan)
{
    private readonly Assembler _code = new(64);

    /// <summary>The page.</summary>
    public static byte[] Assemble(GatePlan plan)
    {
        var assembler = new GateAssembler(plan);
        return GatePageBytes.Of(new Dictionary<GateEntry, Action<Assembler>>
        {
            [GateEntry.IsClosed] = _ => assembler.IsClosed(),
            [GateEntry.EnterToRead] = _ => assembler.Enter(KeyRights.Read),
            [GateEntry.EnterToWrite] = _ => assembler.Enter(KeyRights.ReadWrite),
            [GateEntry.Leave] = _ => assembler.Leave(),
            [GateEntry.MayRead] = _ => assembler.May(KeyRegister.Bits(plan.Key, KeyRights.None)),
            [GateEntry.MayWrite] = _ => assembler.May(KeyRegister.Mask(plan.Key)),
            [GateEntry.OpenToRead] = _ => assembler.Write(KeyRights.Read),
            [GateEntry.OpenToWrite] = _ => assembler.Write(KeyRights.ReadWrite),
            [GateEntry.Close] = _ => assembler.Write(KeyRights.None),
            [GateEntry.Register] = _ => assembler.Read(),
        }, assembler._code);
    }

    private void IsClosed()
    {
        ReadRegister();
        CompareWithClosed();
        Answer();
    }

    private void Enter(KeyRights rights)
    {
        Label isClosed = _code.CreateLabel();
        ReadRegister();
        CompareWithClosed();
        _code.je(isClosed);
        _code.ud2();
        _code.Label(ref isClosed);
        SetAll(KeyRegister.With(plan.AllClosed, plan.Key, rights));
        _code.ret();
    }

    private void Leave()
    {
        if (plan.Others is null)
            ReadRegister();

        SetAll(plan.AllClosed);
        ClearVolatile();
        _code.ret();
    }

    private void Write(KeyRights rights)
    {
        ReadRegister();
        Replace(KeyRegister.Mask(plan.Key), KeyRegister.Bits(plan.Key, rights));
        if (rights == KeyRights.None)
            ClearVolatile();

        _code.ret();
    }

    /// <summary>Gives the bits of all our keys a value; eax holds the register, unless all of it is known.</summary>
    private void SetAll(uint ours)
    {
        if (plan.Others is not { } others)
        {
            Replace(plan.OurBits, ours);
            return;
        }

        _code.mov(eax, (others & ~plan.OurBits) | ours);
        WriteAndVerify(uint.MaxValue, (others & ~plan.OurBits) | ours);
    }

    /// <summary>Gives bits of the register, which eax holds, a value.</summary>
    private void Replace(uint bits, uint value)
    {
        _code.mov(ecx, ~bits);
        _code.and(eax, ecx);
        _code.mov(ecx, value);
        _code.or(eax, ecx);
        WriteAndVerify(bits, value);
    }

    /// <summary>Writes eax, and makes sure of some bits. Both instructions want zero in ecx, and wrpkru in edx (Intel SDM volume 2).</summary>
    private void WriteAndVerify(uint bits, uint value)
    {
        Label isAsMeant = _code.CreateLabel();
        _code.xor(ecx, ecx);
        _code.xor(edx, edx);
        _code.wrpkru();
        _code.xor(ecx, ecx);
        _code.rdpkru();
        if (bits != uint.MaxValue)
        {
            _code.mov(ecx, bits);
            _code.and(eax, ecx);
        }

        _code.mov(ecx, value);
        _code.cmp(eax, ecx);
        _code.je(isAsMeant);
        _code.ud2();
        _code.Label(ref isAsMeant);
    }

    private void ClearVolatile()
    {
        AssemblerRegister32[] cleared = [eax, ecx, edx, esi, edi, r8d, r9d, r10d, r11d];
        foreach (AssemblerRegister32 register in cleared)
            _code.xor(register, register);
    }

    /// <param name="denied">Bits of which none may be set.</param>
    private void May(uint denied)
    {
        ReadRegister();
        _code.mov(ecx, denied);
        _code.test(eax, ecx);
        Answer();
    }

    private void CompareWithClosed()
    {
        _code.mov(ecx, plan.AllClosed);
        _code.mov(edx, eax);
        _code.and(edx, ecx);
        _code.cmp(edx, ecx);
    }

    private void Answer()
    {
        _code.mov(eax, 0);
        _code.sete(al);
        _code.ret();
    }

    private void Read()
    {
        ReadRegister();
        _code.ret();
    }

    private void ReadRegister()
    {
        _code.xor(ecx, ecx);
        _code.rdpkru();
    }
}
