using System.Diagnostics;

namespace MemSentry.Commands;

/// <summary>Runs a program in a folder, as a user would, and leaves no build process behind.</summary>
public static class Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    /// <summary>Runs <c>dotnet</c>.</summary>
    public static CommandResult Dotnet(string folder, params IEnumerable<string> arguments) => Run(folder, "dotnet", arguments);

    /// <summary>Runs a program.</summary>
    public static CommandResult Run(string folder, string program, params IEnumerable<string> arguments) => Run(folder, new Dictionary<string, string?>(), program, arguments);

    /// <summary>The same, with variables of its own in the environment.</summary>
    /// <exception cref="TimeoutException">It does not end.</exception>
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
            throw new TimeoutException($"{program} {string.Join(' ', all)} did not end.");
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
