using System.Collections.Immutable;
using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Generation.Vocabulary;

namespace MemSentry.Fuzzing.Tests.Fixtures;

/// <summary>Members that tests make by hand.</summary>
internal static class Members
{
    /// <summary>Reads through the pointer that may be poisoned.</summary>
    public static Member Reader { get; } = Of(new Statement.Mix(new Number.Load(Width.I8, Routes.Plain, new Pointer.Target())));

    /// <summary>Writes through it.</summary>
    public static Member Writer { get; } = Of(new Statement.Store(Width.I8, Routes.Plain, new Pointer.Target(), new Number.Constant(5)));

    /// <summary>Touches no memory.</summary>
    public static Member Idle { get; } = Of(new Statement.Mix(new Number.Index()));

    public static Member Of(params ImmutableArray<Statement> body) => new(MemberForm.CSharp, MemberShape.Plain, VariableType.Pointer, 1, true, body);
}
