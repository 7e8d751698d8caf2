using MemSentry.Analysis.Diagnostics;
using Mono.Cecil;

namespace MemSentry.Weaver.Reading;

/// <summary>
/// Finds types like Cecil, but not forever: two assemblies that forward a type to each other (ECMA-335 II.22.14) would lead it round until the stack ends,
/// which nobody can catch.
/// </summary>
internal sealed class BoundedTypeResolver(string input, IAssemblyResolver assemblies) : MetadataResolver(assemblies)
{
    // A type moves between assemblies once in a few years.
    private const int MostForwards = 64;

    private int _depth;

    /// <inheritdoc/>
    /// <exception cref="WeaveException">The type is forwarded without end.</exception>
    public override TypeDefinition? Resolve(TypeReference type)
    {
        if (_depth > MostForwards)
        {
            throw new WeaveException(Diagnostic.Error(DiagnosticId.ReferenceNotFound,
                $"'{input}' needs the type '{type.FullName}', which assemblies forward to each other in a circle; put the right ones beside it."));
        }

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
