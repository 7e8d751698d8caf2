using Mono.Cecil;

namespace MemSentry.Weaver.Inspection;

/// <summary>
/// The base and interface members that a virtual member stands in for. Matched by name and number of parameters, where both sides are written
/// without generic parameters also by their types: with generics in between more is found than there is, never less.
/// </summary>
internal static class VirtualSlots
{
    /// <summary>Names a slot, whichever instantiation of its type is called.</summary>
    public static string KeyOf(MethodReference slot) =>
        $"{slot.DeclaringType.GetElementType().FullName}::{slot.Name}({string.Join(',', slot.Parameters.Select(p => p.ParameterType.FullName))})";

    /// <summary>The keys of the slots that a member fills, its own excepted.</summary>
    /// <exception cref="AssemblyResolutionException">A base type lies in an assembly that was not found.</exception>
    public static IEnumerable<string> FilledBy(MethodDefinition method) => method.IsVirtual
        ? method.Overrides.Select(o => KeyOf(o.GetElementMethod())).Concat(FilledByName(method)).Distinct()
        : [];

    private static IEnumerable<string> FilledByName(MethodDefinition method) =>
        from ancestor in AncestorsOf(method.DeclaringType)
        from slot in ancestor.Methods
        where slot.IsVirtual && slot.Name == method.Name && AreAlike(slot, method)
        select KeyOf(slot);

    private static bool AreAlike(MethodDefinition slot, MethodDefinition method) =>
        slot.Parameters.Count == method.Parameters.Count
        && slot.Parameters.Zip(method.Parameters).All(p =>
            p.First.ParameterType.ContainsGenericParameter || p.First.ParameterType.FullName == p.Second.ParameterType.FullName);

    private static IEnumerable<TypeDefinition> AncestorsOf(TypeDefinition type)
    {
        var seen = new HashSet<TypeDefinition>();
        var waiting = new Stack<TypeDefinition>([type]);
        while (waiting.TryPop(out TypeDefinition? next))
        {
            IEnumerable<TypeReference?> above = next.Interfaces.Select(i => i.InterfaceType).Append(next.BaseType);
            foreach (TypeDefinition ancestor in above.Select(t => t?.Resolve()).OfType<TypeDefinition>().Where(seen.Add))
            {
                waiting.Push(ancestor);
                yield return ancestor;
            }
        }
    }
}
