using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Attacks.Reading;

/// <summary>
/// The bodies of the same module that a member may run: callees, delegates' targets, and all members of the types it names
/// (closures, state machines, type arguments). An over-approximation is fine: it only looks for instructions.
/// </summary>
public static class ReachableBodies
{
    /// <summary>The member's own body first.</summary>
    public static IEnumerable<MethodBody> From(MethodDefinition start)
    {
        var seen = new HashSet<MethodDefinition> { start };
        var pending = new Queue<MethodDefinition>(seen);
        while (pending.TryDequeue(out MethodDefinition? method))
        {
            if (!method.HasBody)
                continue;
            yield return method.Body;
            foreach (MethodDefinition next in method.Body.Instructions.SelectMany(i => Targets(i.Operand, start.Module)).Where(seen.Add))
                pending.Enqueue(next);
        }
    }

    private static IEnumerable<MethodDefinition> Targets(object? operand, ModuleDefinition module) => operand switch
    {
        MethodReference method => TypesIn(method).SelectMany(t => MembersOf(t, module))
            .Concat(Definition(method.GetElementMethod(), module) is { } definition ? [definition] : []),
        FieldReference field => MembersOf(field.DeclaringType, module).Where(m => m.IsConstructor || field.DeclaringType.Name.Contains('<')),
        TypeReference type => MembersOf(type, module),
        VariableDefinition local => MembersOf(local.VariableType, module),
        _ => [],
    };

    private static IEnumerable<TypeReference> TypesIn(MethodReference method)
    {
        if (method is GenericInstanceMethod generic)
            foreach (TypeReference argument in generic.GenericArguments)
                yield return argument;
        if (method.Name == ".ctor")
            yield return method.DeclaringType;
    }

    private static MethodDefinition? Definition(MethodReference method, ModuleDefinition module) =>
        method.DeclaringType.GetElementType().Scope == module ? method.Resolve() : null;

    private static IEnumerable<MethodDefinition> MembersOf(TypeReference type, ModuleDefinition module) =>
        type.GetElementType() is { IsGenericParameter: false } element && element.Scope == module ? element.Resolve().Methods : [];
}
