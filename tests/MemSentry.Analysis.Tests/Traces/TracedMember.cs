using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Collections.Generic;

namespace MemSentry.Analysis.Tests.Traces;

/// <summary>
/// Writes random members whose straight pieces each pass a point: branches, loops, and try blocks with every kind of clause nested in each other, out of
/// which leaves lead to every level.
/// </summary>
internal sealed class TracedMember
{
    private readonly MethodDefinition _method;
    private readonly Random _random;
    private readonly MethodReference _point;
    private readonly MethodReference _choose;
    private readonly Stack<Instruction> _leaveTargets = [];
    private int _points;

    private TracedMember(MethodDefinition method, Random random)
    {
        _method = method;
        _random = random;
        _point = method.Module.ImportReference(typeof(Recorder).GetMethod(nameof(Recorder.Point)));
        _choose = method.Module.ImportReference(typeof(Recorder).GetMethod(nameof(Recorder.Choose)));
    }

    private Collection<Instruction> Code => _method.Body.Instructions;

    /// <summary>Writes one.</summary>
    public static void Write(MethodDefinition method, Random random)
    {
        var member = new TracedMember(method, random);
        member.Block(depth: 4);
        member.Emit(OpCodes.Ret);
    }

    private void Block(int depth)
    {
        Point();
        for (int i = _random.Next(1, 4); i > 0; i--)
            Statement(depth);
    }

    private void Statement(int depth)
    {
        switch (depth == 0 ? 0 : _random.Next(9))
        {
            case 0:
                Point();
                break;
            case 1:
                Branch(() => Block(depth - 1));
                break;
            case 2:
                Loop(depth);
                break;
            case 3 when _leaveTargets.Count > 0:
                Branch(() => Emit(Instruction.Create(OpCodes.Leave, _leaveTargets.ElementAt(_random.Next(_leaveTargets.Count)))));
                break;
            case 3 or 4 or 5:
                TryWithCleanup(depth, _random.Next(3) == 0 ? ExceptionHandlerType.Fault : ExceptionHandlerType.Finally);
                break;
            default:
                TryWithHandlers(depth);
                break;
        }
    }

    private void Branch(Action then)
    {
        Instruction end = Instruction.Create(OpCodes.Nop);
        Emit(Instruction.Create(OpCodes.Call, _choose));
        Emit(Instruction.Create(OpCodes.Brfalse, end));
        then();
        Emit(end);
        Point();
    }

    private void Loop(int depth)
    {
        Instruction head = Emit(OpCodes.Nop);
        Block(depth - 1);
        Emit(Instruction.Create(OpCodes.Call, _choose));
        Emit(Instruction.Create(OpCodes.Brtrue, head));
        Point();
    }

    private void TryWithCleanup(int depth, ExceptionHandlerType kind)
    {
        Instruction end = Instruction.Create(OpCodes.Nop);
        Instruction start = Protected(depth, end);
        Instruction handler = Emit(OpCodes.Nop);

        // Nothing leaves a finally or fault block but its end.
        Instruction[] outside = [.. _leaveTargets.Reverse()];
        _leaveTargets.Clear();
        Block(depth - 1);
        foreach (Instruction target in outside)
            _leaveTargets.Push(target);
        Emit(OpCodes.Endfinally);
        Emit(end);
        Add(kind, start, handler, null, handler, end);
        Point();
    }

    private void TryWithHandlers(int depth)
    {
        Instruction end = Instruction.Create(OpCodes.Nop);
        Instruction start = Protected(depth, end);
        Instruction tryEnd = Code[^1];
        var clauses = new List<(Instruction? Filter, Instruction Handler)>();
        for (int i = _random.Next(1, 3); i > 0; i--)
        {
            Instruction? filter = _random.Next(3) > 0 ? Filter() : null;
            Instruction handler = Emit(OpCodes.Pop);
            _leaveTargets.Push(end);
            Block(depth - 1);
            _leaveTargets.Pop();
            Emit(Instruction.Create(OpCodes.Leave, end));
            clauses.Add((filter, handler));
        }

        Emit(end);
        for (int i = 0; i < clauses.Count; i++)
        {
            (Instruction? filter, Instruction handler) = clauses[i];
            Instruction handlerEnd = i + 1 < clauses.Count ? clauses[i + 1].Filter ?? clauses[i + 1].Handler : end;
            Add(filter is null ? ExceptionHandlerType.Catch : ExceptionHandlerType.Filter, start, tryEnd.Next, filter, handler, handlerEnd);
        }

        Point();
    }

    private Instruction Protected(int depth, Instruction end)
    {
        Instruction start = Emit(OpCodes.Nop);
        _leaveTargets.Push(end);
        Block(depth - 1);
        _leaveTargets.Pop();
        Emit(Instruction.Create(OpCodes.Leave, end));
        return start;
    }

    private Instruction Filter()
    {
        Instruction filter = Emit(OpCodes.Pop);
        Point();
        Emit(Instruction.Create(OpCodes.Call, _choose));
        Emit(OpCodes.Endfilter);
        return filter;
    }

    private void Add(ExceptionHandlerType kind, Instruction start, Instruction tryEnd, Instruction? filter, Instruction handler, Instruction end) =>
        _method.Body.ExceptionHandlers.Add(new ExceptionHandler(kind)
        {
            TryStart = start,
            TryEnd = tryEnd,
            FilterStart = filter,
            HandlerStart = handler,
            HandlerEnd = end,
            CatchType = kind == ExceptionHandlerType.Catch ? _method.Module.ImportReference(typeof(Exception)) : null,
        });

    private void Point()
    {
        Emit(Instruction.Create(OpCodes.Ldc_I4, _points++));
        Emit(Instruction.Create(OpCodes.Call, _point));
    }

    private Instruction Emit(OpCode opcode) => Emit(Instruction.Create(opcode));

    private Instruction Emit(Instruction instruction)
    {
        Code.Add(instruction);
        return instruction;
    }
}
