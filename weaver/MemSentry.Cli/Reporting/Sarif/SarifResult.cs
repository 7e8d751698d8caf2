using MemSentry.Analysis.Diagnostics;

namespace MemSentry.Cli.Reporting.Sarif;

/// <summary>One result of a SARIF log.</summary>
/// <param name="Rule">The stable identifier of its rule.</param>
/// <param name="RuleName">The rule in words.</param>
/// <param name="Level"><c>error</c>, <c>warning</c>, <c>note</c>, or <c>none</c> for what is only information.</param>
/// <param name="Text">One sentence.</param>
/// <param name="Assembly">The path of the assembly that was looked at.</param>
/// <param name="Source">Where in the source, if that is known.</param>
/// <param name="Member">The member, if there is one.</param>
internal sealed record SarifResult(string Rule, string RuleName, string Level, string Text, string Assembly, SourceLocation? Source = null, string? Member = null);
