using MemSentry.Analysis.Stack;
using Mono.Cecil;

namespace MemSentry.Analysis.Provenance;

/// <summary>What fields hold and where they lie.</summary>
internal sealed class FieldRules(StackTypes types)
{
    /// <summary>
    /// What a field holds. A managed reference in it is not believed, although woven code only stores proven ones: the structure around it may have
    /// been read out of raw memory (<c>*(Span&lt;byte&gt;*)p</c>), overwritten byte by byte, or filled by whitelisted code. A check costs little there.
    /// A structure with references inside stands as long as the one around it does: not every such structure could be checked.
    /// </summary>
    public StackValue Content(FieldReference field, StackValue container)
    {
        StackValue content = types.Of(TypeOf(field), AddressOrigin.LoadedFromMemory);
        bool isPartOfContainer = container.Kind is StackKind.Value or StackKind.Reference
            && container.Origin.IsAnchor()
            && TypeIdentity.Same(container.Type, field.DeclaringType);
        return content.HoldsReferences && isPartOfContainer ? content with { Origin = container.Origin } : content;
    }

    /// <summary>What a static field holds.</summary>
    public StackValue StaticContent(FieldReference field) => types.Of(TypeOf(field), AddressOrigin.LoadedFromMemory);

    /// <summary>The address of a field of an object, or of a structure behind a reference or pointer.</summary>
    public StackValue Address(FieldReference field, StackValue container)
    {
        TypeReference type = TypeOf(field);
        return container.Kind switch
        {
            StackKind.Object => StackValue.Reference(AddressOrigin.ObjectField, type),

            // The field lies inside the container only if that is what it says it is; of another container we do not know what the result refers to.
            // Inside a container of known type, steps cannot add up: types nest and end.
            StackKind.Reference when TypeIdentity.Same(container.Type, field.DeclaringType) =>
                StackValue.Reference(container.Origin.IsAnchor() ? AddressOrigin.AnchoredField : AddressOrigin.FieldOfUntrusted, type),
            StackKind.Reference => StackValue.Reference(AddressOrigins.OfField(container.Origin), types.Retyped(container.Type)),

            // The address of a field of unmanaged memory is an unmanaged pointer (ECMA-335 III.4.11).
            _ => StackValue.Native(AddressOrigins.OfField(container.Origin)),
        };
    }

    /// <summary>The field's type as the code that names the field sees it.</summary>
    public static TypeReference TypeOf(FieldReference field) => new GenericSubstitution(field.DeclaringType, null).Apply(field.FieldType);
}
