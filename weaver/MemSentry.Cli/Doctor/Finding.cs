namespace MemSentry.Cli.Doctor;

/// <summary>One line of the report.</summary>
internal sealed record Finding(string Subject, Verdict Verdict, string Text);
