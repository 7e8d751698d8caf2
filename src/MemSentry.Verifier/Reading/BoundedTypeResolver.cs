using Mono.Cecil;

namespace MemSentry.Verifier.Reading;

/// <summary>
/// Finds types like Cecil, but not forever: two assemblies that forward a type to each other (ECMA-335 II.22.14) would lead it round until the stack ends,
/// which nobody can catch.
/// </summary>
internal sealed class BoundedTypeResolver(IAssemblyResolver assemblies) : MetadataResolver(assemblies)
{
    // A type moves between assemblies once in a few years.
    private const int MostForwards = 64;

    private int _depth;

    /// <inheritdoc/>
    /// <exception cref="BadImageFormatException">The type is forwarded without end.</exception>
    public override TypeDefinition? Resolve(TypeReference type)
    {
        if (_depth > MostForwards)
            throw new BadImageFormatException($"The type {type.FullName} is forwarded in a circle.");

        _depth++;
        try
        {
            return base.Resolve(type);
        }
        finally
        {
            _depth--;
        }
    }
}
