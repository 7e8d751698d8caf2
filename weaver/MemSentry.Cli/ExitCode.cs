namespace MemSentry.Cli;

/// <summary>What the process returns. Scripts rely on the numbers: they never change their meaning.</summary>
internal static class ExitCode
{
    /// <summary>Everything was done.</summary>
    public const int Success = 0;

    /// <summary>At least one input could not be woven, listed or explained (the others were), <c>verify</c> rejected one, or <c>doctor</c> found that no method can run here.</summary>
    public const int Failed = 1;

    /// <summary>The command line or an option is wrong; nothing was done.</summary>
    public const int WrongCommandLine = 2;

    /// <summary>A defect of MemSentry.</summary>
    public const int Defect = 3;

    /// <summary>Everything was done, and something happened that <c>--fail-on</c> names.</summary>
    public const int ConditionMet = 4;

    /// <summary>What each number means, for help and documents.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> Meanings { get; } =
    [
        (Success, "Done."),
        (Failed, "At least one input could not be woven, listed or explained; the others were. doctor: mpx cannot run here. verify: an input was rejected."),
        (WrongCommandLine, "The command line or an option is wrong, or explain names no member of the assembly; nothing was done."),
        (Defect, "A defect of MemSentry (MS9001)."),
        (ConditionMet, "Everything was done, and something happened that --fail-on names."),
    ];
}
