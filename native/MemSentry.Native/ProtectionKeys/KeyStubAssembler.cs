using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace MemSentry.Native.ProtectionKeys;

/// <summary>Writes the stubs that change what this thread may do with the pages of a key: functions without arguments.</summary>
/// <remarks>
/// <code>
/// keeping other keys                        constants
///   rdpkru                                    mov eax, value
///   and/or eax, rights of the key
///   wrpkru                                    wrpkru
///   rdpkru                                    rdpkru
///   the key's bits (and those that have       the whole register
///   to be closed) as meant, else ud2          as meant, else ud2
/// </code>
/// Whoever jumps to <c>wrpkru</c> with a value of his own meets the comparison behind it. It is made with the register as it is, not with what was to be
/// written. The close stub leaves nothing of what a window computed in the registers that its caller does not expect to find again.
/// </remarks>
internal sealed class KeyStubAssembler
{
    private readonly Assembler _code = new(64);
    private readonly KeyStubPlan _plan;

    private KeyStubAssembler(KeyStubPlan plan)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(plan.Key, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(plan.Key, KeyRegister.Keys);
        if ((plan.Closed & KeyRegister.Mask(plan.Key)) != 0)
        {
            throw new ArgumentException("The stubs open this very key, so it cannot have to be closed.", nameof(plan));
        }

        _plan = plan;
    }

    /// <summary>The code.</summary>
    public static KeyStubCode Assemble(KeyStubPlan plan)
    {
        var assembler = new KeyStubAssembler(plan);
        Label open = assembler.Write(KeyRights.ReadWrite);
        Label openRead = assembler.Write(KeyRights.Read);
        Label close = assembler.Write(KeyRights.None);
        Label read = assembler.Read();
        using var bytes = new MemoryStream();
        AssemblerResult result = assembler._code.Assemble(new StreamCodeWriter(bytes), 0, BlockEncoderOptions.ReturnNewInstructionOffsets);
        return new KeyStubCode(
            bytes.ToArray(),
            (int)result.GetLabelRIP(open),
            (int)result.GetLabelRIP(openRead),
            (int)result.GetLabelRIP(close),
            (int)result.GetLabelRIP(read));
    }

    private Label Write(KeyRights rights)
    {
        Label isAsMeant = _code.CreateLabel();
        Label start = Start();
        _code.xor(ecx, ecx);
        if (_plan.Others is { } others)
        {
            _code.mov(eax, KeyRegister.With(others, _plan.Key, rights));
        }
        else
        {
            _code.rdpkru();
            _code.and(eax, ~KeyRegister.Mask(_plan.Key));
            if (rights != KeyRights.ReadWrite)
            {
                _code.or(eax, KeyRegister.Bits(_plan.Key, rights));
            }
        }

        // Both instructions want zero in ecx, and wrpkru in edx (Intel SDM volume 2, WRPKRU).
        _code.xor(edx, edx);
        _code.wrpkru();
        _code.xor(ecx, ecx);
        _code.rdpkru();
        Compare(rights);
        _code.je(isAsMeant);
        _code.ud2();
        _code.Label(ref isAsMeant);
        Return(clears: rights == KeyRights.None);
        return start;
    }

    private void Compare(KeyRights rights)
    {
        if (_plan.Others is { } others)
        {
            _code.cmp(eax, KeyRegister.With(others, _plan.Key, rights));
            return;
        }

        _code.and(eax, KeyRegister.Mask(_plan.Key) | _plan.Closed);
        _code.cmp(eax, KeyRegister.Bits(_plan.Key, rights) | _plan.Closed);
    }

    private Label Read()
    {
        Label start = Start();
        _code.xor(ecx, ecx);
        _code.rdpkru();
        _code.ret();
        return start;
    }

    private Label Start()
    {
        Label start = _code.CreateLabel();
        _code.Label(ref start);
        _code.endbr64();
        return start;
    }

    private void Return(bool clears)
    {
        AssemblerRegister32[] cleared = clears ? [eax, ecx, edx, esi, edi, r8d, r9d, r10d, r11d] : [];
        foreach (AssemblerRegister32 register in cleared)
        {
            _code.xor(register, register);
        }

        _code.ret();
    }
}
