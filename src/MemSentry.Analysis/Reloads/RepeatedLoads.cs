using System.Collections.Immutable;
using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Dataflow;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Stack;
using MemSentry.Analysis.Trust;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Reloads;

/// <summary>
/// Lets a pointer that is loaded from a field more than once be loaded once: <c>face->B->X - face->B->Y</c>. What each load brings would have to be checked, because somebody who can write the
/// field may have changed it in between; what a variable holds is checked once.
/// <para>
/// Argument: a load gives way to a variable if on every way to it the same expression was loaded before, into that variable, and nothing has been done since that could store to memory, run other code
/// or order accesses, nor has a variable of the expression been assigned (<see cref="KnownLoadsProblem"/>). In the thread itself the load would have brought the same; it would not have thrown, because
/// the one before did not. Others could only tell by when the load happens, which is nobody's promise for one that is not volatile (ECMA-335 I.12.6.4): the JIT takes two such loads for one, too. Everything that is
/// proven or checked is found out afterwards, of the body as it is then.
/// </para>
/// </summary>
public static class RepeatedLoads
{
    /// <summary>Replaces them, without numbering anything anew: what comes in has offsets inside the load that it stands beside or in the place of.</summary>
    /// <param name="members">The module's members, with offsets that are right.</param>
    /// <param name="options">The user's choices: nothing is done where a check proves nothing.</param>
    /// <returns>How many loads gave way.</returns>
    public static int Replace(ModuleMembers members, WeaverOptions options)
    {
        bool saves = options.CarriesProofs(PlanningPass.Displacement, PlanningPass.Reloads);
        if (!saves)
        {
            return 0;
        }

        Whitelist whitelist = Whitelist.Find(members.Module, options, []);
        return members.Unsettled.Where(m => m.HasInstructions() && !whitelist.Contains(m) && PointerLoads.RepeatIn(m.Body) && !m.Body.Instructions.Any(Markers.IsMarker)).Sum(m => ReplaceIn(m.Body));
    }

    private static int ReplaceIn(MethodBody body)
    {
        Dictionary<LoadExpression, VariableDefinition> variables = [];
        ImmutableHashSet<Instruction> kept = [];
        IReadOnlyList<RepeatedLoad> repeated = Find(body);
        foreach (RepeatedLoad load in repeated)
        {
            if (!variables.TryGetValue(load.Expression, out VariableDefinition? variable))
            {
                variable = new VariableDefinition(new PointerType(body.Method.Module.TypeSystem.Void));
                variables.Add(load.Expression, variable);
                body.Variables.Add(variable);
            }

            foreach (Instruction source in load.Sources.Except(kept))
            {
                Insert(body, source, Instruction.Create(OpCodes.Dup), Instruction.Create(IsNear(variable) ? OpCodes.Stloc_S : OpCodes.Stloc, variable));
            }

            kept = kept.Union(load.Sources);
        }

        foreach (RepeatedLoad load in repeated)
        {
            Give(body, load.Load, variables[load.Expression]);
        }

        return repeated.Count;
    }

    /// <summary>What led to the load leads to what takes its place. The address of the field is computed still, and dropped.</summary>
    private static void Give(MethodBody body, Instruction load, VariableDefinition variable)
    {
        bool isStatic = load.OpCode.Code == Code.Ldsfld;
        (load.OpCode, load.Operand) = isStatic ? (Load(variable), (object?)variable) : (OpCodes.Pop, null);
        if (!isStatic)
        {
            Insert(body, load, Instruction.Create(Load(variable), variable));
        }
    }

    private static OpCode Load(VariableDefinition variable) => IsNear(variable) ? OpCodes.Ldloc_S : OpCodes.Ldloc;

    private static bool IsNear(VariableDefinition variable) => variable.Index <= byte.MaxValue;

    /// <summary>A load from a field has five bytes, so that there are numbers left for what comes behind it.</summary>
    private static void Insert(MethodBody body, Instruction behind, params ReadOnlySpan<Instruction> instructions)
    {
        int index = body.Instructions.IndexOf(behind);
        for (int i = 0; i < instructions.Length; i++)
        {
            instructions[i].Offset = behind.Offset + i + 1;
            body.Instructions.Insert(index + i + 1, instructions[i]);
        }
    }

    private static List<RepeatedLoad> Find(MethodBody body)
    {
        try
        {
            return Find(new CilMember(body));
        }
        catch (Exception e) when (e is MalformedFlowException or NotModelledException)
        {
            // The plan will say so.
            return [];
        }
    }

    private static List<RepeatedLoad> Find(CilMember member)
    {
        ControlFlowGraph graph = ControlFlowGraphBuilder.Build(member);
        var problem = new KnownLoadsProblem(member, graph);
        KnownLoads?[] states = ForwardSolver.Solve(graph, problem);
        List<RepeatedLoad> found = [];
        foreach (BasicBlock block in graph.Blocks.Where(b => states[b.Index] is not null))
        {
            KnownLoads state = states[block.Index]!;
            for (int i = block.Range.Start; i < block.Range.End; i++)
            {
                if (KnownLoadsProblem.LoadedBy(member[i], state) is { } expression && state.SourcesOf(expression) is { } sources)
                {
                    found.Add(new RepeatedLoad(member[i], expression, sources));
                }

                problem.Transfer(i, state);
            }
        }

        return found;
    }
}
