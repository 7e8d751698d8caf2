using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting;

/// <summary>The greatest depth of the evaluation stack in a body: as it is, and as Cecil will compute it.</summary>
internal static class StackWalk
{
    /// <summary>The greatest depth over all paths. Every instruction has one depth (ECMA-335 III.1.7.5), so one visit each suffices.</summary>
    public static int MaximumOverPaths(MethodBody body)
    {
        var pending = new Stack<(Instruction At, int Depth)>(Entries(body));
        var visited = new HashSet<Instruction>(ReferenceEqualityComparer.Instance);
        int maximum = 0;
        while (pending.TryPop(out (Instruction At, int Depth) entry))
        {
            if (!visited.Add(entry.At))
                continue;

            int after = StackEffect.DepthAfter(entry.At, entry.Depth);
            maximum = Math.Max(maximum, Math.Max(entry.Depth, after));
            foreach (Instruction successor in Successors(entry.At))
                pending.Push((successor, after));
        }

        return maximum;
    }

    /// <summary>The depth that Cecil's writer arrives at, step by step as its <c>CodeWriter.ComputeStackSize</c> does.</summary>
    /// <returns>
    /// The maximum, the depth behind the last instruction, and whether some branch goes back with operands on the stack: if none does, the walk has seen
    /// every branch before it comes to the branch's target, and its maximum is the true one. Offsets have to be right.
    /// </returns>
    public static (int Maximum, int AtEnd, bool CarriesBack) AsCecilComputes(MethodBody body)
    {
        Dictionary<Instruction, int>? known = null;
        foreach ((Instruction at, int depth) in Entries(body))
        {
            if (depth > 0)
                (known ??= new(ReferenceEqualityComparer.Instance))[at] = depth;
        }

        int maximum = 0, current = 0;
        bool carriesBack = false;
        foreach (Instruction instruction in body.Instructions)
        {
            current = known?.GetValueOrDefault(instruction, current) ?? current;
            int after = StackEffect.DepthAfter(instruction, current, modifiedVoidIsValue: true);
            maximum = Math.Max(maximum, Math.Max(current, after));
            if (after != 0)
            {
                foreach (Instruction target in Targets(instruction))
                {
                    known ??= new(ReferenceEqualityComparer.Instance);
                    known[target] = Math.Max(after, known.GetValueOrDefault(target, after));
                    carriesBack |= target.Offset <= instruction.Offset;
                }
            }

            current = instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Throw or FlowControl.Return ? 0 : after;
        }

        return (maximum, current, carriesBack);
    }

    private static IEnumerable<(Instruction At, int Depth)> Entries(MethodBody body)
    {
        yield return (body.Instructions[0], 0);
        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            // Catch handlers and filters start with the exception on the stack, finally and fault handlers with nothing.
            bool exception = handler.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter;
            yield return (handler.HandlerStart, exception ? 1 : 0);
            if (handler.FilterStart is { } filter)
                yield return (filter, 1);
        }
    }

    private static IEnumerable<Instruction> Successors(Instruction instruction)
    {
        bool fallsThrough = instruction.OpCode.Code != Code.Jmp
            && instruction.OpCode.FlowControl is not (FlowControl.Branch or FlowControl.Throw or FlowControl.Return);
        return fallsThrough && instruction.Next is { } next ? Targets(instruction).Prepend(next) : Targets(instruction);
    }

    private static Instruction[] Targets(Instruction instruction) => instruction.Operand switch
    {
        Instruction target => [target],
        Instruction[] targets => targets,
        _ => [],
    };
}
