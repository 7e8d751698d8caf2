using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace MemSentry.Cli;

/// <summary>The usual help, with the exit codes below it: scripts need them, whichever command they asked about.</summary>
internal sealed class HelpWithExitCodes(HelpAction usual) : SynchronousCommandLineAction
{
    /// <summary>Puts it in the place of a command line's usual help.</summary>
    public static void Install(RootCommand root)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExitCodes((HelpAction)help.Action!);
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Exit codes:");
        foreach ((int code, string meaning) in ExitCode.Meanings)
            output.WriteLine($"  {code}  {meaning}");
        return ExitCode.Success;
    }
}
