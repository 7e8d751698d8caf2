using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Planning;
using MemSentry.Attacks.Building;
using MemSentry.Weaver;

namespace MemSentry.Constructs.Building;

/// <summary>A temporary folder with the fixtures: compiled once per configuration, then woven once per variant.</summary>
public sealed class Workshop : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("memsentry-constructs-");
    private readonly Dictionary<(Variant Variant, BuildConfiguration Configuration), string> _folders = [];
    private readonly Dictionary<(Variant Variant, BuildConfiguration Configuration), IReadOnlyList<ModulePlan>> _plans = [];
    private readonly Lock _lock = new();

    /// <summary>The folder with all fixtures of a variant; compiles or weaves them on first use.</summary>
    /// <exception cref="WeaveException">The weaver refused the fixtures.</exception>
    public string Folder(Variant variant, BuildConfiguration configuration)
    {
        lock (_lock)
        {
            if (!_folders.TryGetValue((variant, configuration), out string? folder))
            {
                folder = _root.CreateSubdirectory($"{variant.Name}-{configuration}").FullName;
                FixtureFiles.AddLibraries(configuration, folder);
                if (variant.Options is null)
                    FixtureFiles.Compile(configuration, folder);
                else
                    _plans.Add((variant, configuration), WeaveAll(variant, Folder(Variant.Unwoven, configuration), folder));
                _folders.Add((variant, configuration), folder);
            }

            return folder;
        }
    }

    /// <summary>What was planned for the fixtures of a variant; weaves them on first use.</summary>
    /// <inheritdoc cref="Folder" path="/exception"/>
    public IReadOnlyList<ModulePlan> Plans(Variant variant, BuildConfiguration configuration)
    {
        lock (_lock)
        {
            Folder(variant, configuration);
            return _plans[(variant, configuration)];
        }
    }

    /// <summary>Weaves one file.</summary>
    /// <exception cref="WeaveException">The weaver refused it.</exception>
    public static ModulePlan Weave(Variant variant, string input, string output)
    {
        if (variant.HasWindows)
            return TrustedFixtures.Weave(variant, input, output);

        var diagnostics = new DiagnosticList();
        ModulePlan? plan = AssemblyWeave.Run(new(input, output, variant.Options!, [AppContext.BaseDirectory]), diagnostics);
        return plan ?? throw new WeaveException(diagnostics.First(d => d.Severity == DiagnosticSeverity.Error));
    }

    /// <inheritdoc/>
    public void Dispose() => _root.Delete(recursive: true);

    private static ModulePlan[] WeaveAll(Variant variant, string from, string to) =>
        [.. FixtureFiles.All.Select(file => Weave(variant, Path.Combine(from, file), Path.Combine(to, file)))];
}
