using System.Text.Json;

namespace MemSentry.Robustness.Running;

/// <summary>
/// The child: reads command lines from standard input, one JSON array on a line, runs each as the tool would and answers with a line. Thousands of
/// processes would mostly start .NET; a crash still ends only this child, and its parent knows which input it was.
/// </summary>
internal static class Worker
{
    /// <summary>The argument that makes a process a worker.</summary>
    public const string Argument = "worker";

    public static int Run()
    {
        TextReader input = Console.In;
        TextWriter answers = Console.Out;
        while (input.ReadLine() is { } line)
        {
            answers.WriteLine(JsonSerializer.Serialize(Run(JsonSerializer.Deserialize<string[]>(line)!)));
            answers.Flush();
        }

        return 0;
    }

    private static CommandResult Run(string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Console.SetOut(output);
        Console.SetError(errors);
        int exitCode = Cli.CommandLine.Run(arguments);
        return new CommandResult(exitCode, output.ToString(), errors.ToString());
    }
}
