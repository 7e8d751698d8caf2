using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Flow;

/// <summary>A body with its instructions numbered.</summary>
internal sealed class BodyCode
{
    private readonly int[] _indexAt;

    public BodyCode(MethodBody body)
    {
        Instructions = [.. body.Instructions];
        _indexAt = new int[body.CodeSize];
        Array.Fill(_indexAt, -1);
        for (int i = 0; i < Instructions.Length; i++)
            _indexAt[Instructions[i].Offset] = i;

        Clauses = [.. body.ExceptionHandlers.Select(ClauseOf)];
    }

    public Instruction[] Instructions { get; }

    public Clause[] Clauses { get; }

    /// <summary>The targets of a branch; empty for any other instruction.</summary>
    public int[] TargetsOf(int index) => Instructions[index].Operand switch
    {
        Instruction target => [IndexOf(target)],
        Instruction[] targets => [.. targets.Select(IndexOf)],
        null when Instructions[index].OpCode.OperandType is OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget =>
            throw RejectionException.NotUnderstood("A branch leads out of the member"),
        _ => [],
    };

    private int IndexOf(Instruction? target)
    {
        int index = target is null || target.Offset >= _indexAt.Length ? -1 : _indexAt[target.Offset];
        return index >= 0 ? index : throw RejectionException.NotUnderstood("A branch or exception clause leads out of the member");
    }

    private Clause ClauseOf(ExceptionHandler handler)
    {
        int[] entries = handler.FilterStart is null ? [IndexOf(handler.HandlerStart)] : [IndexOf(handler.HandlerStart), IndexOf(handler.FilterStart)];
        int end = handler.TryEnd is null ? Instructions.Length : IndexOf(handler.TryEnd);
        return new Clause(
            IndexOf(handler.TryStart), end, entries,
            handler.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter,
            handler.HandlerType == ExceptionHandlerType.Finally);
    }
}
