using Spectre.Console;

namespace MemSentry.Cli.Output;

/// <summary>Makes consoles that agree on when to use colour and when to wrap.</summary>
internal static class Terminal
{
    /// <summary>A console on one of the process's streams.</summary>
    /// <param name="output">Standard output or standard error.</param>
    /// <param name="wrap">Whether lines end at the terminal's width. A redirected stream never wraps: a wrapped line is two lines to <c>grep</c>.</param>
    public static IAnsiConsole Create(TextWriter output, bool wrap)
    {
        bool redirected = ReferenceEquals(output, Console.Error) ? Console.IsErrorRedirected : Console.IsOutputRedirected;
        bool colour = !redirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colour ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        if (redirected || !wrap)
            console.Profile.Width = 4096;
        return console;
    }
}
