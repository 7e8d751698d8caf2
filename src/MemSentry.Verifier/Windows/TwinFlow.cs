using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Windows;

/// <summary>
/// Where a window may be open inside a twin: one bit before every instruction, joined over all paths until nothing changes. Every handler is entered as if
/// it were open, so that what happened before the exception does not matter.
/// </summary>
internal sealed class TwinFlow
{
    private readonly Instruction[] _code;
    private readonly Dictionary<Instruction, int> _index;
    private readonly MethodBody _body;
    private readonly bool[] _mayBeOpen;
    private readonly Queue<int> _pending = new();

    public TwinFlow(MethodBody body)
    {
        _body = body;
        _code = [.. body.Instructions];
        _index = _code.Select((instruction, i) => (instruction, i)).ToDictionary(p => p.instruction, p => p.i);
        _mayBeOpen = new bool[_code.Length];
        Reach(0);
        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            Reach(_index[handler.HandlerStart]);
            if (handler.FilterStart is { } filter)
                Reach(_index[filter]);
        }

        // Nothing is followed behind a Suspend: where the window opens again is a beginning of its own.
        for (int i = 0; i + 1 < _code.Length; i++)
        {
            if (WindowCall.Is(_code[i], "Resume"))
                Reach(i + 1);
        }

        while (_pending.TryDequeue(out int i))
        {
            if (!WindowCall.Is(_code[i], "Suspend"))
                ReachBehind(i);
        }
    }

    /// <summary>The instructions before which the window may be open.</summary>
    public IEnumerable<Instruction> WhereOpen => _code.Where((_, i) => _mayBeOpen[i]);

    private void Reach(int i)
    {
        if (_mayBeOpen[i])
            return;

        _mayBeOpen[i] = true;
        _pending.Enqueue(i);
    }

    private void Reach(Instruction target) => Reach(_index[target]);

    private void ReachBehind(int i)
    {
        Instruction instruction = _code[i];
        switch (instruction.OpCode.Code)
        {
            case Code.Ret or Code.Throw or Code.Rethrow or Code.Jmp or Code.Endfilter:
                return;
            case Code.Leave or Code.Leave_S:
                ReachThroughFinally(i, _index[(Instruction)instruction.Operand]);
                return;
            case Code.Endfinally:
                ReachBehindFinally(i);
                return;
            case Code.Br or Code.Br_S:
                Reach((Instruction)instruction.Operand);
                return;
        }

        foreach (Instruction target in instruction.Operand switch { Instruction t => [t], Instruction[] t => t, _ => Array.Empty<Instruction>() })
            Reach(target);
        if (i + 1 < _code.Length)
            Reach(i + 1);
    }

    /// <summary>Finally blocks on the way are entered open anyway; without any, the target is next.</summary>
    private void ReachThroughFinally(int leave, int target)
    {
        if (!Crossed(leave, target).Any())
            Reach(target);
    }

    /// <summary>Behind a finally block: the next one on the way of each <c>leave</c> that crosses it, which is open anyway, or the target.</summary>
    private void ReachBehindFinally(int end)
    {
        // It ends the innermost block that it is in; one around that goes on.
        ExceptionHandler? block = _body.ExceptionHandlers
            .Where(h => h.HandlerType is ExceptionHandlerType.Finally or ExceptionHandlerType.Fault && Contains(h.HandlerStart, h.HandlerEnd, end))
            .MaxBy(h => _index[h.HandlerStart]);
        for (int i = 0; i < _code.Length; i++)
        {
            if (_code[i].OpCode.Code is Code.Leave or Code.Leave_S && _index[(Instruction)_code[i].Operand] is var target && Crossed(i, target).LastOrDefault() == block)
                Reach(target);
        }
    }

    /// <summary>The finally blocks that run on the way, the innermost first as the metadata lists them.</summary>
    private IEnumerable<ExceptionHandler> Crossed(int from, int to) => _body.ExceptionHandlers.Where(h =>
        h.HandlerType == ExceptionHandlerType.Finally && Contains(h.TryStart, h.TryEnd, from) && !Contains(h.TryStart, h.TryEnd, to));

    private bool Contains(Instruction start, Instruction? end, int i) => i >= _index[start] && i < (end is null ? _code.Length : _index[end]);
}
