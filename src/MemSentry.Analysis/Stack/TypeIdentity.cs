using Mono.Cecil;

namespace MemSentry.Analysis.Stack;

/// <summary>Whether two references, as one module makes them, mean the same type. When in doubt they do not.</summary>
internal static class TypeIdentity
{
    public static bool Same(TypeReference? a, TypeReference? b)
    {
        if (ReferenceEquals(a, b))
        {
            return true;
        }

        if (a is null || b is null || a.MetadataType != b.MetadataType)
        {
            return false;
        }

        return (a, b) switch
        {
            // By position: a member's T and its type's T may share a name.
            (GenericParameter p, GenericParameter q) => p.Type == q.Type && p.Position == q.Position,
            (GenericInstanceType p, GenericInstanceType q) => Same(p.ElementType, q.ElementType) && p.GenericArguments.Zip(q.GenericArguments).All(t => Same(t.First, t.Second)),
            (ArrayType p, ArrayType q) => p.Rank == q.Rank && p.IsVector == q.IsVector && Same(p.ElementType, q.ElementType),
            (FunctionPointerType, _) => false,
            (TypeSpecification p, TypeSpecification q) => p is not IModifierType && q is not IModifierType && Same(p.ElementType, q.ElementType),
            (TypeSpecification, _) or (_, TypeSpecification) => false,
            _ => a.FullName == b.FullName && a.Scope?.Name == b.Scope?.Name,
        };
    }
}
