using System.CommandLine;
using MemSentry.Cli.Output;
using MemSentry.Verifier;

namespace MemSentry.Cli.Verifying;

/// <summary>The command <c>verify</c>: proves woven assemblies, independently of how they were woven.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string[]> Inputs = new("inputs")
    {
        Description = "Woven assemblies to verify (.dll or .exe).",
        Arity = ArgumentArity.OneOrMore,
        Validators = { RefuseMisspeltOptions },
    };

    private static readonly Option<string?> Whitelist = new("--whitelist")
    {
        Description = "Whom you trust: the member and access lines of a trust list. Whom the assembly trusts besides is an error.",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> References = new("--reference", "-r")
    {
        Description = "A folder with referenced assemblies, looked into after the input's own folder; can be repeated.",
        HelpName = "DIR",
    };

    private static readonly Option<bool> All = new("--all") { Description = "Report everything that is not proven, not only the first of each assembly." };

    public static Command Create(MessageWriter messages)
    {
        var command = new Command("verify", "Proves that woven assemblies cover their raw-memory accesses, or names the first that is not covered.") { Inputs, Whitelist, References, All };
        command.SetAction(parsed => Run(parsed, messages));
        return command;
    }

    /// <summary>The parser takes whatever is no option for an input, a misspelt option too.</summary>
    private static void RefuseMisspeltOptions(System.CommandLine.Parsing.ArgumentResult inputs)
    {
        foreach (System.CommandLine.Parsing.Token token in inputs.Tokens.Where(t => t.Value.StartsWith('-')))
            inputs.AddError($"There is no option '{token.Value}'.");
    }

    private static int Run(ParseResult parsed, MessageWriter messages)
    {
        var results = new MessageWriter(Console.Out);
        int exitCode = ExitCode.Success;
        foreach (string input in parsed.GetRequiredValue(Inputs).Distinct())
        {
            VerificationReport report = AssemblyVerification.Run(
                new VerificationRequest(input, parsed.GetValue(References) ?? [], parsed.GetValue(Whitelist)));
            foreach (Finding finding in parsed.GetValue(All) ? report.Findings : report.Findings.Take(1))
                messages.Write(finding.ToString());
            results.Write(Summary(Path.GetFileName(input), report));
            if (!report.Accepted)
                exitCode = ExitCode.Failed;
        }

        return exitCode;
    }

    private static string Summary(string name, VerificationReport report) => report.Accepted
        ? $"{name}: verified, {report.Obligations} accesses and borders in {report.Members} members are covered, {report.Trusted} entries trusted"
        : $"{name}: rejected, {report.Findings.Count} finding{(report.Findings.Count == 1 ? "" : "s")}";
}
