using System.Diagnostics;

namespace MemSentry.Packages.Tests.Infrastructure;

/// <summary>Runs a program in a folder, as a user would, and leaves no build process behind.</summary>
internal static class Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    public static CommandResult Dotnet(string folder, params IEnumerable<string> arguments) => Run(folder, "dotnet", arguments);

    public static CommandResult Run(string folder, string program, params IEnumerable<string> arguments) => Run(folder, new Dictionary<string, string?>(), program, arguments);

    /// <summary>The same, with variables of its own in the environment.</summary>
    public static CommandResult Run(string folder, IReadOnlyDictionary<string, string?> variables, string program, params IEnumerable<string> arguments)
    {
        string[] all = [.. arguments];
        var start = new ProcessStartInfo(program, all)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        SetEnvironment(start.Environment);
        foreach ((string name, string? value) in variables)
            start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', all)} did not end.");
        }

        return new($"{program} {string.Join(' ', all)}", process.ExitCode, output.Result + errors.Result);
    }

    private static void SetEnvironment(IDictionary<string, string?> environment)
    {
        // The test host inherits MSBuild's own variables from 'dotnet test'; a build inside must not mistake them for its settings.
        foreach (string name in environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            environment.Remove(name);
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        environment["DOTNET_NOLOGO"] = "1";
    }
}
