using MemSentry.Analysis.Stack;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Windows;

/// <summary>
/// Types whose static constructors a body could set off in the middle of a window, where anybody's code must not run: by a static field, or by a call that
/// stays open. The gate runs them first; after the first time that is a look. A twin that is called directly has no gate of its own on the way, so the
/// caller's gate does it.
/// </summary>
internal sealed class StaticConstructors(IReadOnlyCollection<MethodDefinition> twins)
{
    private readonly Dictionary<MethodDefinition, TypeReference[]> _own = twins.ToDictionary(m => m, m => SetOffBy(m, twins));

    /// <summary>
    /// Whether the gate of any caller can run all that the twin may set off: it cannot name what depends on the generic arguments of the twin.
    /// </summary>
    public bool AllowDirectCalls(MethodDefinition twin) => _own[twin].All(t => !t.ContainsGenericParameter);

    /// <summary>The types, for the gate of a member.</summary>
    /// <param name="member">The member.</param>
    /// <param name="calledTwins">The members whose twins it calls.</param>
    public IEnumerable<TypeReference> Before(MethodDefinition member, Func<MethodDefinition, IEnumerable<MethodDefinition>> calledTwins)
    {
        var seen = new HashSet<MethodDefinition> { member };
        var pending = new Queue<MethodDefinition>([member]);
        while (pending.TryDequeue(out MethodDefinition? next))
        {
            foreach (MethodDefinition called in calledTwins(next).Where(seen.Add))
                pending.Enqueue(called);
        }

        // Whoever runs inside a static constructor has it on the way already.
        bool isConstructor = member.IsConstructor && member.IsStatic;
        return seen.SelectMany(m => _own[m]).DistinctBy(TypeIdentity.Of).Where(t => !(isConstructor && t.Resolve() == member.DeclaringType) && HasConstructor(t));
    }

    private static TypeReference[] SetOffBy(MethodDefinition method, IReadOnlyCollection<MethodDefinition> twins) =>
        [.. method.Body.Instructions.Select(i => TypeOf(i, twins)).OfType<TypeReference>().DistinctBy(TypeIdentity.Of).Where(HasConstructor)];

    private static TypeReference? TypeOf(Instruction instruction, IReadOnlyCollection<MethodDefinition> twins) => instruction.OpCode.Code switch
    {
        Code.Ldsfld or Code.Ldsflda or Code.Stsfld => ((FieldReference)instruction.Operand).DeclaringType,
        Code.Call or Code.Callvirt when instruction.Operand is MethodReference callee && callee.DeclaringType is not ArrayType
            && callee.GetElementMethod().Resolve() is { } target && twins.Contains(target) => callee.DeclaringType,
        _ => null,
    };

    private static bool HasConstructor(TypeReference type) => type.Resolve()?.Methods.Any(m => m.IsConstructor && m.IsStatic) ?? true;
}
