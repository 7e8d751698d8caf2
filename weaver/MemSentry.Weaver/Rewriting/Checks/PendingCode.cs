using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting.Checks;

/// <summary>Code being emitted before an instruction, with branches to whatever will come next.</summary>
internal sealed class PendingCode
{
    private readonly List<Instruction> _code = [];
    private readonly List<(Instruction Branch, int Position)> _forward = [];

    /// <summary>Appends an instruction.</summary>
    public void Add(Instruction instruction) => _code.Add(instruction);

    /// <summary>Appends a branch whose target is what follows the code marked by <see cref="Land"/>.</summary>
    public Instruction AddForward(OpCode opcode)
    {
        // Cecil wants a target at once; Land and Complete give the true one.
        Instruction branch = Instruction.Create(opcode, Instruction.Create(OpCodes.Nop));
        _code.Add(branch);
        return branch;
    }

    /// <summary>Says that a branch leads to the instruction that is appended next.</summary>
    public void Land(Instruction branch) => _forward.Add((branch, _code.Count));

    /// <summary>The finished code; branches that land at its end lead to the instruction it is put before.</summary>
    public List<Instruction> Complete(Instruction follower)
    {
        foreach ((Instruction branch, int position) in _forward)
            branch.Operand = position < _code.Count ? _code[position] : follower;

        return _code;
    }
}
