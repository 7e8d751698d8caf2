using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Loops;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Members;

/// <summary>A member body as a sequence of numbered instructions, whose offsets must be right.</summary>
internal sealed class CilMember : IInstructionSequence
{
    private static readonly int[] NoTargets = [];
    private static readonly Comparer<Instruction> ByOffset = Comparer<Instruction>.Create((a, b) => a.Offset.CompareTo(b.Offset));

    private readonly Instruction[] _instructions;
    private readonly EnteredLoops? _entries;

    public CilMember(MethodBody body)
    {
        Body = body;
        _instructions = [.. body.Instructions];
        Clauses = body.HasExceptionHandlers ? [.. body.ExceptionHandlers.Select(Clause)] : [];
    }

    /// <summary>A body as it will be once some of its loops have got entries of their own. The body itself stays as it is.</summary>
    public CilMember(MethodBody body, IReadOnlyList<LoopEntry> entries)
    {
        Body = body;
        _entries = new EnteredLoops(body, entries);
        _instructions = _entries.Instructions;
        Clauses = body.HasExceptionHandlers ? [.. body.ExceptionHandlers.Select(Clause)] : [];
    }

    public MethodBody Body { get; }

    public int Count => _instructions.Length;

    public IReadOnlyList<ExceptionClause> Clauses { get; }

    public Instruction this[int index] => _instructions[index];

    public FlowKind FlowOf(int index)
    {
        Instruction instruction = _instructions[index];
        switch (instruction.OpCode.Code)
        {
            case Code.Leave or Code.Leave_S:
                return FlowKind.Leave;
            case Code.Endfinally:
                return FlowKind.EndFinally;
            case Code.Endfilter:
                return FlowKind.EndFilter;
            case Code.Jmp:
                return FlowKind.Exit;
        }

        return instruction.OpCode.FlowControl switch
        {
            Mono.Cecil.Cil.FlowControl.Branch => FlowKind.Branch,
            Mono.Cecil.Cil.FlowControl.Cond_Branch => FlowKind.ConditionalBranch,
            Mono.Cecil.Cil.FlowControl.Return or Mono.Cecil.Cil.FlowControl.Throw => FlowKind.Exit,
            _ => FlowKind.Next,
        };
    }

    public IReadOnlyList<int> TargetsOf(int index) => _instructions[index].Operand switch
    {
        Instruction target => [_entries?.RedirectedTarget(_instructions[index]) ?? IndexOf(target)],
        Instruction[] targets => Array.ConvertAll(targets, IndexOf),
        _ => NoTargets,
    };

    /// <summary>Whether an instruction belongs to the body itself and not to the entry of a loop.</summary>
    public bool IsOfBody(Instruction instruction) => _entries is null || !_entries.Include(instruction);

    /// <summary>Instructions lie in order of their offsets, which are those of the input.</summary>
    private int IndexOf(Instruction instruction)
    {
        if (_entries is not null)
        {
            return _entries.IndexOf(instruction);
        }

        int index = Array.BinarySearch(_instructions, instruction, ByOffset);
        return index >= 0 && _instructions[index] == instruction ? index : throw new MalformedFlowException("a branch leads out of the member");
    }

    private ExceptionClause Clause(ExceptionHandler handler)
    {
        var tryRange = Range(handler.TryStart, handler.TryEnd);
        var handlerRange = Range(handler.HandlerStart, handler.HandlerEnd);
        return handler.HandlerType switch
        {
            ExceptionHandlerType.Catch => new ExceptionClause(ClauseKind.Catch, tryRange, handlerRange),
            ExceptionHandlerType.Filter => new ExceptionClause(ClauseKind.Filter, tryRange, handlerRange, new InstructionRange(IndexOf(handler.FilterStart), handlerRange.Start)),
            ExceptionHandlerType.Finally => new ExceptionClause(ClauseKind.Finally, tryRange, handlerRange),
            ExceptionHandlerType.Fault => new ExceptionClause(ClauseKind.Fault, tryRange, handlerRange),
            _ => throw new MalformedFlowException($"an exception clause has the unknown kind {(int)handler.HandlerType}"),
        };
    }

    private InstructionRange Range(Instruction start, Instruction? end)
    {
        var range = new InstructionRange(IndexOf(start), end is null ? Count : IndexOf(end));
        return range.Start < range.End ? range : throw new MalformedFlowException("an exception clause has an empty range");
    }
}
