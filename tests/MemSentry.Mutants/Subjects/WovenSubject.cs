using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Verifier;
using MemSentry.Weaver;
using Mono.Cecil;
using Mono.Cecil.Cil;

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
        _woven = Weave("woven", subject.Options);
    }

    /// <summary>What was woven.</summary>
    public Subject Subject { get; }

    private string[] References => [Path.GetDirectoryName(Subject.Input)!, AppContext.BaseDirectory];

    /// <summary>Verifies it as it is.</summary>
    public VerificationReport Verify() => Verify(_woven, null);

    /// <summary>Reads it, to look at or to break.</summary>
    public ModuleDefinition Read() => Read(_woven);

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

    /// <summary>Whether a weave with other settings makes the same code.</summary>
    public bool IsSameWith(string settings)
    {
        WeaverOptions options = OptionCatalog.Parse(settings.Split(';').Select(s => s.Split('=', 2)).Select(s => new KeyValuePair<string, string>(s[0], s[1])), new DiagnosticList());
        using ModuleDefinition here = Read();
        using ModuleDefinition there = Read(Weave("again", options));
        return CodeOf(here).SequenceEqual(CodeOf(there));
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private VerificationReport Verify(string file, string? whitelist) => AssemblyVerification.Run(new VerificationRequest(file, References, whitelist));

    private ModuleDefinition Read(string file) => ModuleDefinition.ReadModule(file, new ReaderParameters { InMemory = true, AssemblyResolver = Resolver() });

    private string Weave(string folder, WeaverOptions options)
    {
        string output = Path.Combine(_folder.FullName, folder, Path.GetFileName(Subject.Input));
        var diagnostics = new DiagnosticList();
        if (AssemblyWeave.Run(new AssemblyWeaveRequest(Subject.Input, output, options, References), diagnostics) is null)
            throw new WeaveException(diagnostics.First(d => d.Severity == DiagnosticSeverity.Error));
        return output;
    }

    private static IEnumerable<Code> CodeOf(ModuleDefinition module) =>
        module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).SelectMany(m => m.Body.Instructions).Select(i => i.OpCode.Code);

    private DefaultAssemblyResolver Resolver()
    {
        var resolver = new DefaultAssemblyResolver();
        foreach (string folder in References.Append(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory()))
            resolver.AddSearchDirectory(folder);
        return resolver;
    }
}
