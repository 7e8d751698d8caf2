using Mono.Cecil;

namespace MemSentry.Analysis.Stack;

/// <summary>
/// Which types have, or may have, managed references inside: spans, other ref structs with <c>ref</c> fields, typed references, and type
/// parameters that such a type may replace; and the two structures that walk over variable arguments. Only ref structs can (ECMA-335 augments, "by-ref-like types"); object references do not count.
/// <para>
/// A reference assembly, which is what compilers and builds are given, leaves private fields out: its <c>Span&lt;T&gt;</c> has an object and an integer inside.
/// There every ref struct counts.
/// </para>
/// </summary>
internal sealed class ReferenceHolders
{
    /// <summary><c>allows ref struct</c>, which Cecil has no name for.</summary>
    private const GenericParameterAttributes AllowByRefLike = (GenericParameterAttributes)0x20;

    private const string ByRefLike = "System.Runtime.CompilerServices.IsByRefLikeAttribute";
    private const string ReferenceAssembly = "System.Runtime.CompilerServices.ReferenceAssemblyAttribute";

    private readonly Dictionary<TypeDefinition, bool> _known = [];

    /// <summary>The same by reference: instances of a generic type are made anew at every use, what they are instances of is not.</summary>
    private readonly Dictionary<TypeReference, bool> _references = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether a value of the type may hold managed references.</summary>
    /// <exception cref="AssemblyResolutionException">The type lies in an assembly that was not found.</exception>
    /// <exception cref="NotModelledException">The type does not exist in the assembly that should hold it.</exception>
    public bool Include(TypeReference type)
    {
        type = StackTypes.WithoutModifiers(type);
        switch (type)
        {
            case ByReferenceType:
                return true;
            case GenericParameter parameter:
                return parameter.Attributes.HasFlag(AllowByRefLike);
            case TypeSpecification and not GenericInstanceType:
                return false;
        }

        TypeReference element = type.GetElementType();
        if (!_references.TryGetValue(element, out bool holds))
        {
            holds = Named(element);
            _references[element] = holds;
        }

        return holds;
    }

    private bool Named(TypeReference type) => type switch
    {
        { MetadataType: MetadataType.TypedByReference } or { FullName: "System.ArgIterator" or "System.RuntimeArgumentHandle" } => true,
        { IsPrimitive: true } or { MetadataType: MetadataType.String or MetadataType.Object or MetadataType.Void } => false,
        _ => Defined(type.Resolve() ?? throw new NotModelledException($"the type {type.FullName} does not exist in {type.Scope}")),
    };

    /// <summary>Whether a type is <c>Span&lt;T&gt;</c> or <c>ReadOnlySpan&lt;T&gt;</c>, whose extent can be checked.</summary>
    public static bool IsSpan(TypeReference? type) =>
        type is GenericInstanceType { ElementType: { Namespace: "System", Name: "Span`1" or "ReadOnlySpan`1", DeclaringType: null } };

    private bool Defined(TypeDefinition type)
    {
        if (_known.TryGetValue(type, out bool holds))
        {
            return holds;
        }

        // A struct cannot contain itself, but its static fields and the arguments of its fields' types may mention it.
        _known[type] = false;
        holds = type.IsValueType
            && Has(type, ByRefLike)
            && (Has(type.Module.Assembly, ReferenceAssembly) || type.Fields.Any(f => !f.IsStatic && Include(f.FieldType)));
        return _known[type] = holds;
    }

    private static bool Has(ICustomAttributeProvider target, string attribute) =>
        target.HasCustomAttributes && target.CustomAttributes.Any(a => a.AttributeType.FullName == attribute);
}
