using System.Collections.Immutable;

namespace MemSentry.Fuzzing.Generation.Tree;

/// <summary>The blocks inside a statement.</summary>
internal static class StatementBlocks
{
    /// <summary>Them, in order.</summary>
    public static IReadOnlyList<ImmutableArray<Statement>> Of(Statement statement) => statement switch
    {
        Statement.If s => [s.Then, s.Else],
        Statement.Loop s => [s.Body],
        Statement.Tangle s => [s.First, s.Second],
        Statement.Switch s => s.Cases,
        Statement.TryCatch s => [s.Body, s.Handler],
        Statement.TryFinally s => [s.Body, s.Cleanup],
        Statement.Apart s => [s.Body],
        _ => [],
    };
}
