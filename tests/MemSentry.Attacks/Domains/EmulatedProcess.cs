using System.Diagnostics;
using System.Globalization;
using MemSentry.Attacks.Running;

namespace MemSentry.Attacks.Domains;

/// <summary>Starts the child of the method <c>mpk</c> on a processor that has protection keys, this one or an emulated one (<c>build/emulate-pku.sh</c>).</summary>
public static class EmulatedProcess
{
    /// <summary>How the script says that it needs what is not there.</summary>
    public const int Skipped = 77;

    private const string Commands = "attacks.commands";

    /// <summary>Runs rows.</summary>
    /// <param name="script">The script.</param>
    /// <param name="folder">Where the fixtures are; the program is put beside them.</param>
    /// <param name="seed">What the secret is made from.</param>
    /// <param name="rows">The rows' names.</param>
    /// <returns>Its exit code and all that it printed.</returns>
    public static (int ExitCode, string Output) Run(string script, string folder, int seed, IEnumerable<string> rows)
    {
        Copy(AppContext.BaseDirectory, folder);
        string variables = string.Join(' ', ExecutionMode.Default.WithForks().Environment.Select(v => $"{v.Key}={v.Value}"));
        string program = Path.GetFileName(typeof(EmulatedProcess).Assembly.Location);
        string commands = Path.Combine(folder, Commands);
        File.WriteAllText(commands, string.Create(CultureInfo.InvariantCulture, $"{variables} {program} domain {folder} {seed} {string.Join(',', rows)}\n"));
        var start = new ProcessStartInfo(script, ["--program", folder, "--commands", commands]) { RedirectStandardOutput = true };
        using Process child = Process.Start(start)!;
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return (child.ExitCode, output);
    }

    /// <summary>What the child needs: assemblies and settings, none of the compilers' translations. The fixtures stay as they are.</summary>
    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from).Where(file => Path.GetExtension(file) is ".dll" or ".json"))
        {
            string target = Path.Combine(to, Path.GetFileName(file));
            if (!File.Exists(target))
                File.Copy(file, target);
        }
    }
}
