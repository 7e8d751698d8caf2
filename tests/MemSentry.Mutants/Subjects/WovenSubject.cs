using MemSentry.Analysis.Diagnostics;
using MemSentry.Verifier;
using MemSentry.Weaver;
using Mono.Cecil;

namespace MemSentry.Mutants.Subjects;

/// <summary>A woven subject in a folder of its own.</summary>
public sealed class WovenSubject : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memsentry-mutants-");
    private readonly string _woven;

    /// <summary>Weaves.</summary>
    /// <exception cref="WeaveException">The weaver refused it.</exception>
    public WovenSubject(Subject subject)
    {
        Subject = subject;
        _woven = Path.Combine(_folder.FullName, Path.GetFileName(subject.Input));
        var diagnostics = new DiagnosticList();
        if (AssemblyWeave.Run(new AssemblyWeaveRequest(subject.Input, _woven, subject.Options, References), diagnostics) is null)
            throw new WeaveException(diagnostics.First(d => d.Severity == DiagnosticSeverity.Error));
    }

    /// <summary>What was woven.</summary>
    public Subject Subject { get; }

    private string[] References => [Path.GetDirectoryName(Subject.Input)!, AppContext.BaseDirectory];

    /// <summary>Verifies it as it is.</summary>
    public VerificationReport Verify() => Verify(_woven, null);

    /// <summary>Reads it, to look at or to break.</summary>
    public ModuleDefinition Read() => ModuleDefinition.ReadModule(_woven, new ReaderParameters { InMemory = true, AssemblyResolver = Resolver() });

    /// <summary>Writes a broken copy and verifies that, as a user would.</summary>
    /// <param name="broken">The copy.</param>
    /// <param name="whitelist">Lines of the user's own whitelist; null if he has none.</param>
    public VerificationReport Verify(ModuleDefinition broken, IEnumerable<string>? whitelist = null)
    {
        DirectoryInfo place = _folder.CreateSubdirectory(Guid.NewGuid().ToString("N"));
        string file = Path.Combine(place.FullName, Path.GetFileName(_woven));
        broken.Write(file);
        string? list = whitelist is null ? null : Path.Combine(place.FullName, "whitelist.txt");
        if (list is not null)
            File.WriteAllLines(list, whitelist!);
        VerificationReport report = Verify(file, list);
        place.Delete(recursive: true);
        return report;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private VerificationReport Verify(string file, string? whitelist) => AssemblyVerification.Run(new VerificationRequest(file, References, whitelist));

    private DefaultAssemblyResolver Resolver()
    {
        var resolver = new DefaultAssemblyResolver();
        foreach (string folder in References.Append(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory()))
            resolver.AddSearchDirectory(folder);
        return resolver;
    }
}
