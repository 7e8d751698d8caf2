using System.Collections.Immutable;

namespace MemSentry.Cli.Tests.Enumeration;

/// <summary>What type parameters stand for in a signature; missing ones stand for themselves.</summary>
internal sealed record GenericScope(ImmutableArray<TypeShape> OfType, ImmutableArray<TypeShape> OfMethod)
{
    public static GenericScope Open { get; } = new([], []);
}
