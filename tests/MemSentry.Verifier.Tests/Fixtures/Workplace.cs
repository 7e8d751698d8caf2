using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Tests;
using MemSentry.Weaver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Mono.Cecil;

namespace MemSentry.Verifier.Tests.Fixtures;

/// <summary>A temporary folder in which a test compiles, weaves, damages and verifies assemblies.</summary>
internal sealed class Workplace : IDisposable
{
    private const string Usings = "global using System; global using System.Runtime.CompilerServices; global using System.Runtime.InteropServices; global using MemSentry;";

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':')
            .Where(p => Path.GetFileName(p) is { } name && (name == "MemSentry.Runtime.dll" || !name.StartsWith("MemSentry", StringComparison.Ordinal)) && name != "memsentry-weave.dll")
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memsentry-verifier-");

    public string this[string file] => Path.Combine(_folder.FullName, file);

    public static VerificationReport Verify(string path, string? whitelist = null, params string[] references) =>
        AssemblyVerification.Run(new VerificationRequest(path, [.. references, AppContext.BaseDirectory], whitelist));

    /// <summary>Compiles C# source to a file with a PDB beside it.</summary>
    public string Compile(string source, OptimizationLevel level = OptimizationLevel.Release, string name = "Fixture")
    {
        IReadOnlyList<byte[]> files = KeptImages.Get([source, $"{level}", name], () => CompileToImages(source, level, name));
        string path = this[name + ".dll"];
        File.WriteAllBytes(path, files[0]);
        File.WriteAllBytes(Path.ChangeExtension(path, ".pdb"), files[1]);
        return path;
    }

    /// <summary>Weaves a file into the folder <c>woven</c>, and insists on success.</summary>
    public string Weave(string input, WeaverOptions? options = null)
    {
        string output = Path.Combine(this["woven"], Path.GetFileName(input));
        var diagnostics = new DiagnosticList();
        object? plan = AssemblyWeave.Run(new AssemblyWeaveRequest(input, output, options ?? new WeaverOptions(), [AppContext.BaseDirectory]), diagnostics);
        Assert.That(plan, Is.Not.Null, string.Join('\n', diagnostics));
        return output;
    }

    /// <summary>Reads a woven file, changes it, and writes it under another name.</summary>
    public string Change(string woven, Action<ModuleDefinition> change)
    {
        string output = this["changed.dll"];
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory());
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        using ModuleDefinition module = ModuleDefinition.ReadModule(woven, new ReaderParameters { AssemblyResolver = resolver, InMemory = true });
        change(module);
        module.Write(output);
        return output;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static byte[][] CompileToImages(string source, OptimizationLevel level, string name)
    {
        SyntaxTree[] trees = [CSharpSyntaxTree.ParseText(Usings), CSharpSyntaxTree.ParseText(SourceText.From(source, System.Text.Encoding.UTF8), path: "/src/Fixture.cs")];
        CSharpCompilation compilation = CSharpCompilation.Create(name, trees, References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, optimizationLevel: level, deterministic: true));
        var image = new MemoryStream();
        var pdb = new MemoryStream();
        EmitResult result = compilation.Emit(image, pdb, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb, pdbFilePath: name + ".pdb"));
        Assert.That(result.Success, string.Join('\n', result.Diagnostics.Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error)));
        return [image.ToArray(), pdb.ToArray()];
    }
}
