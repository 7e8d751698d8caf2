using MemSentry.Verifier.Values;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Flow;

/// <summary>
/// Which accesses of static fields can be the first one of their field in a run of the body: those that control can reach without passing another. A static constructor, which an access may run, runs once, so none is left
/// for the others.
/// </summary>
internal static class FirstFields
{
    /// <summary>So many fields are looked into; all accesses of the others may be the first.</summary>
    private const int MostFields = 128;

    /// <summary>The accesses that are surely not the first of their field.</summary>
    /// <param name="code">The body.</param>
    /// <param name="mayRunOther">Whether an access may run a static constructor at all.</param>
    public static HashSet<Instruction> Others(BodyCode code, Func<Instruction, bool> mayRunOther)
    {
        var others = new HashSet<Instruction>();
        int[] accesses = [.. Enumerable.Range(0, code.Instructions.Length).Where(i => IsAccess(code.Instructions[i]) && mayRunOther(code.Instructions[i]))];
        foreach (int[] field in accesses.GroupBy(i => FieldOf(code.Instructions[i]).FullName).Select(f => f.ToArray()).Where(f => f.Length > 1).Take(MostFields))
        {
            // Names may be shared; then nothing is known of any of them.
            FieldReference first = FieldOf(code.Instructions[field[0]]);
            if (!field.All(i => AreSame(FieldOf(code.Instructions[i]), first)))
                continue;

            bool[] reached = ReachedWithout(field, code);
            others.UnionWith(field.Where(i => !reached[i]).Select(i => code.Instructions[i]));
        }

        return others;
    }

    private static bool IsAccess(Instruction instruction) => instruction.OpCode.Code is IL.Ldsfld or IL.Ldsflda or IL.Stsfld;

    private static FieldReference FieldOf(Instruction instruction) => (FieldReference)instruction.Operand;

    private static bool AreSame(FieldReference a, FieldReference b) => ReferenceEquals(a, b) || (SameType.Are(a.DeclaringType, b.DeclaringType) && SameType.Are(a.FieldType, b.FieldType));

    /// <summary>Where control can come from the entry without passing one of the stops; the first stops on the way included. An access may throw before it is done, so handlers are reached from it.</summary>
    private static bool[] ReachedWithout(int[] stops, BodyCode code)
    {
        var reached = new bool[code.Instructions.Length];
        var isStop = new HashSet<int>(stops);
        var pending = new Stack<int>([0]);
        while (pending.TryPop(out int at))
        {
            if (at >= reached.Length || reached[at])
                continue;

            reached[at] = true;
            foreach (int entry in code.Clauses.Where(c => c.Protects(at)).SelectMany(c => c.Entries))
                pending.Push(entry);
            if (isStop.Contains(at))
                continue;

            FlowControl flow = code.Instructions[at].OpCode.FlowControl;
            if (flow is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw))
                pending.Push(at + 1);
            foreach (int target in code.TargetsOf(at))
                pending.Push(target);
        }

        return reached;
    }
}
