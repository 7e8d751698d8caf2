using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using MemSentry.SeededBugs.Bugs;

namespace MemSentry.SeededBugs.Finding;

/// <summary>The folder of a detector's program, copied, so that one of its assemblies can be replaced by one with a bug.</summary>
public sealed class EngineCopy : IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memsentry-seeded-");
    private readonly Detector _detector;
    private readonly string _source;
    private readonly string _images;

    /// <summary>Copies.</summary>
    /// <param name="detector">Whose program.</param>
    /// <param name="images">A folder for what tests compile, see tests/Shared/KeptImages.cs.</param>
    /// <exception cref="InvalidOperationException">The program is not built.</exception>
    public EngineCopy(Detector detector, string images)
    {
        _detector = detector;
        _images = images;
        _source = Source(detector);
        foreach (string directory in Directory.EnumerateDirectories(_source, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(_folder.FullName, Path.GetRelativePath(_source, directory)));
        foreach (string file in Directory.EnumerateFiles(_source, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(_folder.FullName, Path.GetRelativePath(_source, file)));

        // It runs tests there, see TestRun.
        string own = typeof(EngineCopy).Assembly.Location;
        File.Copy(own, Path.Combine(_folder.FullName, Path.GetFileName(own)), overwrite: true);
    }

    /// <summary>Whether a detector runs the code that a bug is put into.</summary>
    /// <exception cref="InvalidOperationException">The program is not built.</exception>
    public static bool Uses(Detector detector, SeededBug bug) => File.Exists(Path.Combine(Source(detector), bug.Place.File));

    /// <summary>Runs the detector on an engine with a bug.</summary>
    /// <returns>What it says of the bug; null if it finds nothing.</returns>
    /// <exception cref="SeedException">The bug does not fit the engine.</exception>
    public string? Try(SeededBug bug)
    {
        string file = Path.Combine(_folder.FullName, bug.Place.File);
        File.WriteAllBytes(file, bug.Plant(_source));
        try
        {
            return Run();
        }
        finally
        {
            File.Copy(Path.Combine(_source, bug.Place.File), file, overwrite: true);
        }
    }

    /// <summary>Runs the detector.</summary>
    /// <returns>What it complains of; null if all is in order.</returns>
    public string? Run()
    {
        _detector.Ready.GetAwaiter().GetResult();
        var start = new ProcessStartInfo("dotnet", _detector.Arguments.Select(a => string.Format(CultureInfo.InvariantCulture, a, _folder.FullName)))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // They run for seconds: code that is measured first, to be compiled better later, would not pay.
        start.Environment["DOTNET_TieredPGO"] = "0";
        // In bytes, hexadecimal: they end before much memory is worth collecting.
        start.Environment["DOTNET_GCgen0size"] = "4000000";
        start.Environment["MEMSENTRY_KEPT_IMAGES"] = _images;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        while (!process.WaitForExit(Glance))
        {
            if (UsedBy(process) < Patience)
                continue;

            process.Kill(entireProcessTree: true);
            return $"it does not end within {Patience.TotalSeconds} seconds of processor time";
        }

        return process.ExitCode == 0 ? null : Complaint.In(errors.Result + output.Result) ?? $"it ends with {process.ExitCode}";
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Processor time, so that a busy machine finds no bugs.</summary>
    private static TimeSpan UsedBy(Process process)
    {
        try
        {
            return process.TotalProcessorTime;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended since it was looked at, and is about to be waited for.
            return TimeSpan.Zero;
        }
    }

    private static string Source(Detector detector)
    {
        string programs = typeof(EngineCopy).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Programs").Value!;
        string source = string.Format(CultureInfo.InvariantCulture, programs, detector.Program);
        return Directory.Exists(source) ? source : throw new InvalidOperationException($"{detector.Program} is not built in '{source}'; build it in the same configuration.");
    }
}
