namespace MemSentry.Cli.Output;

/// <summary>Where a command writes to.</summary>
/// <param name="Results">Standard output, line by line.</param>
/// <param name="Messages">Standard error.</param>
/// <param name="Progress">The bar on standard error.</param>
internal sealed record Streams(MessageWriter Results, MessageWriter Messages, ProgressBar Progress)
{
    /// <summary>Those of this process.</summary>
    public static Streams OfProcess() => new(new MessageWriter(Console.Out), new MessageWriter(Console.Error), ProgressBar.OnStandardError());
}
