using System.Diagnostics;

namespace MemSentry.RealAssemblies.Weaving;

/// <summary>A copy of this program's own folder in which one assembly can be replaced by its woven form.</summary>
internal sealed class WorkloadFolder
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly string _path;

    /// <summary>Copies the folder of the running program.</summary>
    public WorkloadFolder(string path)
    {
        _path = Directory.CreateDirectory(path).FullName;
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory))
            File.Copy(file, Path.Combine(_path, Path.GetFileName(file)));
    }

    /// <summary>Copies a file into the folder.</summary>
    /// <returns>The copy.</returns>
    public string Take(string file)
    {
        string copy = Path.Combine(_path, Path.GetFileName(file));
        File.Copy(file, copy);
        return copy;
    }

    /// <summary>Runs this program from the folder.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Further variables.</param>
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed or did not end.</exception>
    public string Run(IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(_path, Path.GetFileName(typeof(WorkloadFolder).Assembly.Location)));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;

        using Process child = Process.Start(start)!;
        Task<string> output = child.StandardOutput.ReadToEndAsync();
        Task<string> errors = child.StandardError.ReadToEndAsync();
        if (!child.WaitForExit(Patience))
        {
            child.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"'{string.Join(' ', arguments)}' did not end in time.");
        }

        return child.ExitCode == 0
            ? output.Result
            : throw new InvalidOperationException($"'{string.Join(' ', arguments)}' ended with {child.ExitCode}: {errors.Result.Split('\n')[0]}");
    }
}
