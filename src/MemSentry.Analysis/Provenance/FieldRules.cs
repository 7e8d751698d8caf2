using MemSentry.Analysis.Stack;
using Mono.Cecil;

namespace MemSentry.Analysis.Provenance;

/// <summary>What fields hold and where they lie.</summary>
internal sealed class FieldRules(StackTypes types)
{
    /// <summary>
    /// What a field holds. A managed reference in it is not believed, although woven code only stores proven ones: the structure around it may have
    /// been read out of raw memory (<c>*(Span&lt;byte&gt;*)p</c>), overwritten byte by byte, or filled by whitelisted code.
    /// </summary>
    public StackValue Content(FieldReference field) => types.Of(TypeOf(field), AddressOrigin.LoadedFromMemory);

    /// <summary>The address of a field of an object, or of a structure behind a reference or pointer.</summary>
    public StackValue Address(FieldReference field, StackValue container)
    {
        TypeReference type = TypeOf(field);
        return container.Kind switch
        {
            StackKind.Object => StackValue.Reference(AddressOrigin.ObjectField, type),

            // The field lies inside the container only if that is what it says it is; of another container we do not know what the result refers to.
            StackKind.Reference => StackValue.Reference(AddressOrigins.OfField(container.Origin), TypeIdentity.Same(container.Type, field.DeclaringType) ? type : null),

            // The address of a field of unmanaged memory is an unmanaged pointer (ECMA-335 III.4.11).
            _ => StackValue.Native(AddressOrigins.OfField(container.Origin)),
        };
    }

    /// <summary>The field's type as the code that names the field sees it.</summary>
    public static TypeReference TypeOf(FieldReference field) => new GenericSubstitution(field.DeclaringType, null).Apply(field.FieldType);
}
