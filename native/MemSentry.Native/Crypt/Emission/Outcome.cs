using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace MemSentry.Native.Crypt.Emission;

/// <summary>The ways out of a stub: each sets eax and goes through the same end, which leaves nothing in registers.</summary>
internal sealed class Outcome(Assembler code)
{
    private readonly Dictionary<CryptResult, Label> _labels = [];

    /// <summary>Where to jump for a result.</summary>
    public Label this[CryptResult result]
    {
        get
        {
            if (!_labels.TryGetValue(result, out Label label))
            {
                label = code.CreateLabel();
                _labels.Add(result, label);
            }

            return label;
        }
    }

    /// <summary>Emits the ends of all results that were asked for; <see cref="CryptResult.Done"/> falls into the first.</summary>
    /// <param name="before">What is done for a result before the stub returns.</param>
    /// <param name="release">What is done for all, at the very end.</param>
    public void Emit(Action<CryptResult> before, Action release)
    {
        Label leave = code.CreateLabel();
        foreach (CryptResult result in _labels.Keys.Append(CryptResult.Done).Distinct().Order())
        {
            Label start = this[result];
            code.Label(ref start);
            before(result);
            code.mov(eax, (int)result);
            code.jmp(leave);
        }

        code.Label(ref leave);
        release();
        Return(code);
    }

    /// <summary>Clears every register that the caller does not expect to find again, but for eax, and returns (System V ABI, 3.2.1).</summary>
    public static void Return(Assembler code)
    {
        code.vzeroall();
        foreach (AssemblerRegister32 register in (AssemblerRegister32[])[ecx, edx, esi, edi, r8d, r9d, r10d, r11d])
        {
            code.xor(register, register);
        }

        code.ret();
    }
}
