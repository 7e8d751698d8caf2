using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Dataflow;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Stack;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Leaves;

/// <summary>
/// Accesses of static fields before each of which, on every way, the member has accessed the same field.
/// <para>
/// Argument: what an access of a static field may run is the static constructor of its class, once. The first access ran it, or found that it had run, or that it is running on this thread (ECMA-335 II.10.5.3.3): the
/// next one has nothing to run. The JIT keeps that of the first, though nobody may use its value, because a static constructor is an effect. Finding the place of a field of a generic type or of a thread once more is
/// work of the runtime itself, like an allocation: no other code runs, and nothing of it is left to find behind the first time in optimised code.
/// </para>
/// <para>A forward problem; sets of fields, joined by intersection. An access that throws has not been one: handlers see the set from before it. Those in finally and
/// fault handlers count as new, and for nobody else: on which ways they come first is more than the verifier asks itself.</para>
/// </summary>
internal sealed class RepeatedFields : IForwardProblem<RepeatedFields.Accessed>
{
    /// <summary>So many fields are followed, the first ones; the others count as new each time.</summary>
    private const int MostFields = 64;

    private readonly CilMember _member;
    private readonly Dictionary<Instruction, int> _fields = new(ReferenceEqualityComparer.Instance);

    private RepeatedFields(CilMember member, Func<Instruction, bool> runsOtherCode)
    {
        _member = member;
        HashSet<Instruction> cleanup = [.. member.Clauses.Where(c => c.Kind is ClauseKind.Finally or ClauseKind.Fault).SelectMany(c => Enumerable.Range(c.Handler.Start, c.Handler.End - c.Handler.Start)).Select(i => member[i])];
        var accesses = member.Body.Instructions.Where(i => i.OpCode.Code is Code.Ldsfld or Code.Ldsflda or Code.Stsfld && !cleanup.Contains(i) && runsOtherCode(i))
            .GroupBy(i => NameOf((FieldReference)i.Operand)).Where(field => field.Skip(1).Any()).Take(MostFields);
        foreach (IGrouping<string, Instruction> field in accesses)
        {
            int number = _fields.Count == 0 ? 0 : _fields.Values.Max() + 1;
            foreach (Instruction access in field)
            {
                _fields.Add(access, number);
            }
        }
    }

    /// <summary>Finds them.</summary>
    /// <param name="member">The member.</param>
    /// <param name="graph">Its blocks.</param>
    /// <param name="runsOtherCode">Whether an access may run a static constructor, as far as it itself tells.</param>
    public static HashSet<Instruction> In(CilMember member, ControlFlowGraph graph, Func<Instruction, bool> runsOtherCode)
    {
        var repeated = new HashSet<Instruction>(ReferenceEqualityComparer.Instance);
        var problem = new RepeatedFields(member, runsOtherCode);
        if (problem._fields.Count == 0)
        {
            return repeated;
        }

        Accessed?[] states = ForwardSolver.Solve(graph, problem);
        foreach (BasicBlock block in graph.Blocks)
        {
            if (states[block.Index] is { } before)
            {
                problem.Find(block, problem.Copy(before), repeated);
            }
        }

        return repeated;
    }

    public Accessed AtEntry() => new();

    public Accessed Copy(Accessed state) => new() { Fields = state.Fields };

    public void Transfer(int instruction, Accessed state) => state.Fields |= FieldOf(_member[instruction]);

    /// <summary>What is accessed in a block only adds to what handlers find: they see less of it.</summary>
    public bool MattersToHandlers(int instruction) => false;

    public Accessed EnterHandler(Accessed raised, bool pushesException) => Copy(raised);

    public void ClearStack(Accessed state)
    {
    }

    public bool Join(Accessed into, Accessed from)
    {
        ulong both = into.Fields & from.Fields;
        bool changed = both != into.Fields;
        into.Fields = both;
        return changed;
    }

    private static string NameOf(FieldReference field) => $"{TypeIdentity.Of(field.DeclaringType)}::{field.Name} {TypeIdentity.Of(field.FieldType)}";

    private void Find(BasicBlock block, Accessed state, HashSet<Instruction> repeated)
    {
        for (int i = block.Range.Start; i < block.Range.End; i++)
        {
            ulong field = FieldOf(_member[i]);
            if ((state.Fields & field) != 0)
            {
                repeated.Add(_member[i]);
            }

            state.Fields |= field;
        }
    }

    private ulong FieldOf(Instruction instruction) => _fields.TryGetValue(instruction, out int field) ? 1ul << field : 0;

    /// <summary>The fields that were accessed on every way to a point.</summary>
    internal sealed class Accessed
    {
        public ulong Fields { get; set; }
    }
}
