using System.Collections.Immutable;
using MemSentry.Fuzzing.Generation.Tree;
using Mono.Cecil.Cil;

namespace MemSentry.Fuzzing.Generation.Il;

/// <summary>Emits statements. A member that is left early goes to <c>end</c>, where the hash is returned.</summary>
internal sealed class IlStatements(IlModule module, IlCode code, IlVariables variables, IlNumbers numbers, Instruction end)
{
    private readonly IlMemoryStatements _memory = new(module, code, variables, numbers);
    private int _protected;

    /// <summary>Emits a block.</summary>
    public void Block(IEnumerable<Statement> block)
    {
        foreach (Statement statement in block)
        {
            if (!_memory.TryEmit(statement))
                Emit(statement);
        }
    }

    private void Emit(Statement statement)
    {
        switch (statement)
        {
            case Statement.If s:
                If(s);
                break;
            case Statement.Loop s:
                Loop(s);
                break;
            case Statement.Tangle s:
                Tangle(s);
                break;
            case Statement.Switch s:
                Switch(s);
                break;
            case Statement.TryCatch s:
                TryCatch(s);
                break;
            case Statement.TryFinally s:
                TryFinally(s);
                break;
            case Statement.Throw s:
                Unless(s.Condition, () =>
                {
                    code.Emit(OpCodes.Newobj, module.NewException(s.Exception));
                    code.Emit(OpCodes.Throw);
                });
                break;
            case Statement.Return s:
                Unless(s.Condition, () => code.Emit(_protected > 0 ? OpCodes.Leave : OpCodes.Br, end));
                break;
            case Statement.Apart s:
                Block(s.Body);
                break;
            case Statement.Await:
                code.Emit(OpCodes.Nop);
                break;
            default:
                throw new NotSupportedException(statement.GetType().Name);
        }
    }

    private void Unless(Number condition, Action otherwise)
    {
        Instruction skip = IlCode.Label();
        numbers.Condition(condition);
        code.Emit(OpCodes.Brfalse, skip);
        otherwise();
        code.Mark(skip);
    }

    private void If(Statement.If s)
    {
        Instruction then = IlCode.Label();
        Instruction after = IlCode.Label();
        numbers.Condition(s.Condition);
        code.Emit(OpCodes.Brtrue, then);
        Block(s.Else);
        code.Emit(OpCodes.Br, after);
        code.Mark(then);
        Block(s.Then);
        code.Mark(after);
    }

    private void Loop(Statement.Loop s)
    {
        VariableDefinition counter = Counter(0);
        Instruction test = IlCode.Label();
        code.Emit(OpCodes.Br, test);
        Instruction body = code.Mark();
        Block(s.Body);
        Count(counter, 1);
        code.Mark(test);
        code.Emit(OpCodes.Ldloc, counter);
        code.Emit(OpCodes.Ldc_I4, s.Count);
        code.Emit(OpCodes.Blt, body);
    }

    private void Tangle(Statement.Tangle s)
    {
        VariableDefinition counter = Counter(s.Count);
        Instruction second = IlCode.Label();
        numbers.Condition(s.EntersSecond);
        code.Emit(OpCodes.Brtrue, second);
        Instruction first = code.Mark();
        Block(s.First);
        code.Mark(second);
        Block(s.Second);
        Count(counter, -1);
        code.Emit(OpCodes.Ldloc, counter);
        code.Emit(OpCodes.Ldc_I4_0);
        code.Emit(OpCodes.Bge, first);
    }

    private void Switch(Statement.Switch s)
    {
        Instruction[] labels = [.. s.Cases.Select(_ => IlCode.Label())];
        Instruction after = IlCode.Label();
        numbers.Masked(s.Selector, 3);
        code.Emit(OpCodes.Switch, labels);
        code.Emit(OpCodes.Br, after);
        for (int i = 0; i < labels.Length; i++)
        {
            code.Mark(labels[i]);
            Block(s.Cases[i]);
            code.Emit(OpCodes.Br, after);
        }

        code.Mark(after);
    }

    private void TryCatch(Statement.TryCatch s)
    {
        Instruction after = IlCode.Label();
        Instruction start = Protected(s.Body, after);
        Instruction filter = s.Filter is null ? IlCode.Label() : Filter(s);
        Instruction handler = code.Mark();
        code.Emit(OpCodes.Pop);
        _protected++;
        Block(s.Handler);
        _protected--;
        code.Emit(OpCodes.Leave, after);
        code.Mark(after);
        code.Handle(new ExceptionHandler(s.Filter is null ? ExceptionHandlerType.Catch : ExceptionHandlerType.Filter)
        {
            TryStart = start,
            TryEnd = s.Filter is null ? handler : filter,
            FilterStart = s.Filter is null ? null : filter,
            HandlerStart = handler,
            HandlerEnd = after,
            CatchType = s.Filter is null ? module.Exception(s.Exception) : null,
        });
    }

    private Instruction Filter(Statement.TryCatch s)
    {
        Instruction ask = IlCode.Label();
        Instruction done = IlCode.Label();
        Instruction filter = code.Mark();
        code.Emit(OpCodes.Isinst, module.Exception(s.Exception));
        code.Emit(OpCodes.Brtrue, ask);
        code.Emit(OpCodes.Ldc_I4_0);
        code.Emit(OpCodes.Br, done);
        code.Mark(ask);
        numbers.Condition(s.Filter!);
        code.Mark(done);
        code.Emit(OpCodes.Endfilter);
        return filter;
    }

    private void TryFinally(Statement.TryFinally s)
    {
        Instruction after = IlCode.Label();
        Instruction start = Protected(s.Body, after);
        Instruction handler = code.Mark();
        Block(s.Cleanup);
        code.Emit(OpCodes.Endfinally);
        code.Mark(after);
        code.Handle(new ExceptionHandler(s.IsFault ? ExceptionHandlerType.Fault : ExceptionHandlerType.Finally)
        {
            TryStart = start,
            TryEnd = handler,
            HandlerStart = handler,
            HandlerEnd = after,
        });
    }

    private Instruction Protected(ImmutableArray<Statement> body, Instruction after)
    {
        Instruction start = code.Mark();
        _protected++;
        Block(body);
        _protected--;
        code.Emit(OpCodes.Leave, after);
        return start;
    }

    private VariableDefinition Counter(int value)
    {
        VariableDefinition counter = code.Variable(module.Int32);
        code.Emit(OpCodes.Ldc_I4, value);
        code.Emit(OpCodes.Stloc, counter);
        return counter;
    }

    private void Count(VariableDefinition counter, int by)
    {
        code.Emit(OpCodes.Ldloc, counter);
        code.Emit(OpCodes.Ldc_I4, by);
        code.Emit(OpCodes.Add);
        code.Emit(OpCodes.Stloc, counter);
    }
}
