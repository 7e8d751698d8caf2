using System.Collections.Concurrent;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Weaver;

namespace MemSentry.Attacks.Building;

/// <summary>A temporary folder with the fixtures of one matrix: built once per configuration, then woven once per arm.</summary>
public sealed class Stage : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("memsentry-attacks-");
    private readonly ConcurrentDictionary<(Arm Arm, BuildConfiguration Configuration), Lazy<string>> _folders = [];

    /// <summary>The folder with the fixtures of an arm; builds or weaves them on first use. May be asked from several threads.</summary>
    /// <exception cref="WeaveException">The weaver refused the fixtures.</exception>
    public string Folder(Arm arm, BuildConfiguration configuration) =>
        _folders.GetOrAdd((arm, configuration), key => new(() => Create(key.Arm, key.Configuration))).Value;

    private string Create(Arm arm, BuildConfiguration configuration)
    {
        string folder = _root.CreateSubdirectory($"{arm.Name}-{configuration}").FullName;
        if (arm.Options is { } options)
            Weave(Folder(options.ProtMethod.IsDomainBased() ? Arm.Plain : Arm.Unwoven, configuration), folder, options);
        else
            Build(configuration, folder, withCopies: arm != Arm.Plain);
        return folder;
    }

    /// <inheritdoc/>
    public void Dispose() => _root.Delete(recursive: true);

    private static void Build(BuildConfiguration configuration, string folder, bool withCopies)
    {
        CSharpFixtures.Compile(configuration, folder, withCopies);
        IlFixtures.Assemble(configuration, folder, withCopies);
    }

    private static void Weave(string input, string output, WeaverOptions options)
    {
        foreach (string file in (string[])[CSharpFixtures.FileName, IlFixtures.FileName])
        {
            var diagnostics = new DiagnosticList();
            AssemblyWeave.Run(
                new(Path.Combine(input, file), Path.Combine(output, file), options, [AppContext.BaseDirectory]),
                diagnostics);
            if (diagnostics.FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) is { } error)
                throw new WeaveException(error);
        }
    }
}
