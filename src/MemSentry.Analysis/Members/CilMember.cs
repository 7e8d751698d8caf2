using MemSentry.Analysis.ControlFlow;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Members;

/// <summary>A member body as a sequence of numbered instructions.</summary>
internal sealed class CilMember : IInstructionSequence
{
    private static readonly int[] NoTargets = [];

    private readonly Instruction[] _instructions;
    private readonly Dictionary<int, int[]> _targets = [];
    private Dictionary<Instruction, int>? _indexes;

    public CilMember(MethodBody body)
    {
        Body = body;
        _instructions = [.. body.Instructions];
        Clauses = [.. body.ExceptionHandlers.Select(Clause)];
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

    public IReadOnlyList<int> TargetsOf(int index)
    {
        object? operand = _instructions[index].Operand;
        if (operand is not (Instruction or Instruction[]))
        {
            return NoTargets;
        }

        if (!_targets.TryGetValue(index, out int[]? targets))
        {
            targets = operand is Instruction target ? [IndexOf(target)] : Array.ConvertAll((Instruction[])operand, IndexOf);
            _targets.Add(index, targets);
        }

        return targets;
    }

    private int IndexOf(Instruction instruction) =>
        (_indexes ??= Indexes()).TryGetValue(instruction, out int index) ? index : throw new MalformedFlowException("a branch leads out of the member");

    /// <summary>Many members have neither branches nor clauses and never ask.</summary>
    private Dictionary<Instruction, int> Indexes()
    {
        var indexes = new Dictionary<Instruction, int>(_instructions.Length, ReferenceEqualityComparer.Instance);
        for (int i = 0; i < _instructions.Length; i++)
        {
            indexes.Add(_instructions[i], i);
        }

        return indexes;
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
