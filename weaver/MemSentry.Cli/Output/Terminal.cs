using Spectre.Console;

namespace MemSentry.Cli.Output;

/// <summary>Makes consoles that agree on when to use colour: on a terminal only, and not when <c>NO_COLOR</c> is set.</summary>
internal static class Terminal
{
    /// <summary>A console on standard output or standard error. It never wraps: a wrapped line is two lines to <c>grep</c>.</summary>
    public static IAnsiConsole Create(TextWriter output)
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
        console.Profile.Width = 4096;
        return console;
    }
}
