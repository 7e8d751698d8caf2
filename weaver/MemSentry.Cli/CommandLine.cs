using System.CommandLine;
using System.CommandLine.Parsing;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Cli.Doctor;
using MemSentry.Cli.Inspecting;
using MemSentry.Cli.Output;
using MemSentry.Cli.Verifying;
using MemSentry.Cli.Weaving;

namespace MemSentry.Cli;

/// <summary>The whole tool: parse, complain with a code or run the command, and turn what nobody expected into one sentence.</summary>
internal static class CommandLine
{
    public static int Run(string[] args)
    {
        var streams = Streams.OfProcess();
        MessageWriter messages = streams.Messages;
        RootCommand root = CreateRoot(streams);
        ParseResult parsed = root.Parse(args);

        // Help and version also carry "errors" (a missing command, a missing input): they run, whatever else is wrong.
        if (parsed.Errors.Count > 0 && parsed.Action is System.CommandLine.Invocation.ParseErrorAction)
            return Complain(parsed.Errors, messages);

        return Invoke(parsed, messages);
    }

    /// <summary>All commands with their symbols: what the parser knows, help and documents follow.</summary>
    public static RootCommand CreateRoot(Streams streams)
    {
        var root = new RootCommand("Weaves assemblies that are already built, so that stray pointers cannot reach safe regions.")
        {
            new WeaveCommand(streams),
            new ListCommand(streams),
            new ExplainCommand(streams),
            new VerifyCommand(streams),
            new DoctorCommand(),
        };
        HelpWithExitCodes.Install(root);
        return root;
    }

    private static int Complain(IEnumerable<ParseError> errors, MessageWriter messages)
    {
        string said = string.Join(" ", errors.Select(e => e.Message).Distinct());
        messages.Write(Diagnostic.Error(DiagnosticId.CommandLineNotUnderstood, $"{said} Run memsentry-weave --help for the commands and options."));
        return ExitCode.WrongCommandLine;
    }

    private static int Invoke(ParseResult parsed, MessageWriter messages)
    {
        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception defect)
        {
            messages.Write(DefectMessage.Of(defect));
            return ExitCode.Defect;
        }
    }
}
