using MemSentry.Analysis.Displacement;
using MemSentry.Analysis.Provenance;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Held;

/// <summary>
/// Which variables addresses are computed from. A guess for what pays, on which no proof rests: nothing is followed from block to block on the stack. Sets of variables are the bits of a number.
/// </summary>
internal sealed class VariableFlow
{
    private readonly MemberAnalysis _analysis;
    private readonly UInt128[] _storedIn;
    private readonly List<UInt128> _stack = [];
    private UInt128 _used;

    public VariableFlow(MemberAnalysis analysis)
    {
        _analysis = analysis;
        _storedIn = new UInt128[Math.Min(HeldTransfer.MostVariables, analysis.Variables.OnEntry.Length)];
    }

    /// <summary>The variables that addresses are computed from, directly or by way of other variables.</summary>
    public UInt128 Used
    {
        get
        {
            UInt128 before;
            do
            {
                before = _used;
                for (int variable = 0; variable < _storedIn.Length; variable++)
                {
                    _used |= ((_used >> variable) & 1) != 0 ? _storedIn[variable] : 0;
                }
            }
            while (_used != before);
            return _used;
        }
    }

    /// <summary>Says that a block begins.</summary>
    public void Enter(int depth)
    {
        _stack.Clear();
        _stack.AddRange(Enumerable.Repeat(UInt128.Zero, depth));
    }

    /// <summary>Says that an operand is an address.</summary>
    public void UseAsAddress(int depth) => _used |= _stack[^(depth + 1)];

    /// <summary>Follows an instruction.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="variable">The variable that it loads or stores; negative if there is none that is followed.</param>
    /// <param name="after">The types behind it.</param>
    public void Follow(Instruction instruction, int variable, FrameState after)
    {
        int pushed = DisplacementTransfer.Pushed(instruction);
        int popped = _stack.Count + pushed - after.Depth;
        UInt128 from = 0;
        for (int depth = 0; depth < popped; depth++)
        {
            from |= _stack[^(depth + 1)];
        }

        if (variable >= 0 && HeldTransfer.IsStore(instruction))
        {
            _storedIn[variable] |= from;
        }
        else if (variable >= 0)
        {
            from = UInt128.One << variable;
        }

        _stack.RemoveRange(_stack.Count - popped, popped);
        _stack.AddRange(Enumerable.Repeat(_analysis.EndsProofs(instruction) ? 0 : from, pushed));
    }
}
