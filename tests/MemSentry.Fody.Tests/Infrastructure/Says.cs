using NUnit.Framework.Constraints;

namespace MemSentry.Fody.Tests.Infrastructure;

/// <summary>What a build says, in the words of its log.</summary>
internal static class Says
{
    /// <summary>The message of every weave, and of nothing else.</summary>
    public const string Wove = "MemSentry: wove ";

    /// <summary>Fails with an error of this code, and shows no stack trace.</summary>
    public static Constraint Error(string code, string text = "") => new PredicateConstraint<CommandResult>(r =>
        r is { Succeeded: false }
        && r.Output.Contains($"error {code}: ", StringComparison.Ordinal)
        && r.Output.Contains(text, StringComparison.Ordinal)
        && !r.Output.Contains("   at MemSentry.", StringComparison.Ordinal));

    /// <summary>Succeeds and weaves.</summary>
    public static Constraint Woven { get; } = new PredicateConstraint<CommandResult>(r =>
        r is { Succeeded: true } && r.Output.Contains(Wove, StringComparison.Ordinal));

    /// <summary>Succeeds and weaves nothing.</summary>
    public static Constraint NothingWoven { get; } = new PredicateConstraint<CommandResult>(r =>
        r is { Succeeded: true } && !r.Output.Contains(Wove, StringComparison.Ordinal));
}
