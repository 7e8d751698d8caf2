using System.Diagnostics;
using System.Globalization;

namespace MemSentry.Windows;

/// <summary>Runs the program in a child process.</summary>
public static class WindowProgram
{
    /// <summary>The file name of its assembly.</summary>
    public const string FileName = "MemSentry.Windows.Program.dll";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The methods with which the program is woven.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["mprotect", "crypt", "mpk"];

    /// <summary>Whether this machine has protection keys. Where it has none, mprotect stands in for mpk: gates, bodies and records are the same then, and only the keys are not.</summary>
    public static bool HasKeys { get; } =
        File.ReadLines("/proc/cpuinfo").Any(line => line.StartsWith("flags", StringComparison.Ordinal) && $"{line} ".Contains(" ospke ", StringComparison.Ordinal));

    /// <summary>Where the program is, as the build wove it.</summary>
    public static string Folder(string method) => Path.Combine(AppContext.BaseDirectory, "program", method);

    /// <summary>Its assembly.</summary>
    public static string Whole(string method) => Path.Combine(Folder(method), FileName);

    /// <summary>Runs it to its end.</summary>
    /// <param name="assembly">The program, whole or a copy.</param>
    /// <param name="arguments">What it gets.</param>
    /// <exception cref="TimeoutException">It hangs.</exception>
    public static ProgramResult Run(string assembly, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", assembly, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MEMSENTRY_FALLBACK"] = HasKeys ? "refuse" : "mprotect";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        using Process child = Process.Start(start)!;
        Task<string> output = child.StandardOutput.ReadToEndAsync();
        Task<string> errors = child.StandardError.ReadToEndAsync();
        if (!child.WaitForExit(Patience))
        {
            child.Kill();
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"{assembly} did not end in {Patience.TotalMinutes} minutes."));
        }

        return new ProgramResult(child.ExitCode, output.Result, errors.Result);
    }
}
