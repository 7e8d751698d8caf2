using System.Diagnostics;

namespace MemSentry.Attacks.Building;

/// <summary>Assembles the IL fixtures with the ilasm that belongs to the runtime.</summary>
public static class IlFixtures
{
    /// <summary>File name of the result.</summary>
    public const string FileName = "AttackFixtures.Il.dll";

    /// <summary>Assembles into <paramref name="folder"/>.</summary>
    /// <exception cref="InvalidOperationException">ilasm refused the fixtures: a defect of the matrix.</exception>
    public static void Assemble(BuildConfiguration configuration, string folder, bool withCopies = true)
    {
        string sources = Directory.CreateDirectory(Path.Combine(folder, "il")).FullName;
        var paths = new List<string>();
        foreach ((string name, string text) in FixtureSources.Il(withCopies))
        {
            paths.Add(Path.Combine(sources, name));
            File.WriteAllText(paths[^1], text);
        }

        Assemble(configuration, paths, Path.Combine(folder, FileName));
    }

    /// <summary>Assembles files as they are.</summary>
    /// <inheritdoc cref="Assemble(BuildConfiguration, string, bool)" path="/exception"/>
    public static void Assemble(BuildConfiguration configuration, IEnumerable<string> sources, string output)
    {
        var start = new ProcessStartInfo(Assembler()) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-dll");
        start.ArgumentList.Add("-quiet");
        start.ArgumentList.Add("-det");
        // Never -optimize: it would turn the instructions the rows are about into their short forms.
        if (configuration == BuildConfiguration.Debug)
            start.ArgumentList.Add("-debug=impl");
        start.ArgumentList.Add("-output:" + output);
        foreach (string source in sources)
            start.ArgumentList.Add(source);

        using Process ilasm = Process.Start(start)!;
        Task<string> errors = ilasm.StandardError.ReadToEndAsync();
        string messages = ilasm.StandardOutput.ReadToEnd();
        ilasm.WaitForExit();
        if (ilasm.ExitCode != 0)
            throw new InvalidOperationException($"ilasm ended with {ilasm.ExitCode}:\n{messages}{errors.Result}");
    }

    private static string Assembler()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "tools", "ilasm");
        if (OperatingSystem.IsLinux())
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
        return path;
    }
}
