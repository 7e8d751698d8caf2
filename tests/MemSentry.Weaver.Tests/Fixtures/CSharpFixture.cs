using System.Collections.Immutable;
using System.Text;
using MemSentry.Weaver.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Tests.Fixtures;

/// <summary>C# source compiled in process: what a test weaves.</summary>
internal sealed record CSharpFixture(string Name, byte[] Image, byte[]? Pdb)
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':')
            .Where(p => !Path.GetFileName(p).StartsWith("MemSentry.Weaver", StringComparison.Ordinal))
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];

    public static CSharpFixture Compile(
        string source,
        OptimizationLevel optimization = OptimizationLevel.Debug,
        DebugFormat symbols = DebugFormat.PortableFile,
        string name = "Fixture",
        CSharpCompilationOptions? options = null,
        string[]? references = null)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8), path: "/src/Fixture.cs");
        CSharpCompilationOptions settings = (options ?? new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .WithAllowUnsafe(true).WithOptimizationLevel(optimization).WithDeterministic(true);
        CSharpCompilation compilation = CSharpCompilation.Create(name, [tree], [.. References, .. (references ?? []).Select(r => MetadataReference.CreateFromFile(r))], settings);

        using var image = new MemoryStream();
        using var pdb = new MemoryStream();
        DebugInformationFormat format = symbols == DebugFormat.Embedded ? DebugInformationFormat.Embedded : DebugInformationFormat.PortablePdb;
        EmitResult result = compilation.Emit(image, symbols == DebugFormat.PortableFile ? pdb : null,
            options: new EmitOptions(debugInformationFormat: format, pdbFilePath: name + ".pdb"));
        Assert.That(result.Success, Is.True, string.Join('\n', result.Diagnostics));
        return new CSharpFixture(name, image.ToArray(), symbols == DebugFormat.PortableFile ? pdb.ToArray() : null);
    }

    /// <summary>Writes the fixture into a folder as a compiler would.</summary>
    public string WriteTo(TemporaryFolder folder)
    {
        string path = folder[Name + ".dll"];
        File.WriteAllBytes(path, Image);
        if (Pdb is not null)
            File.WriteAllBytes(Path.ChangeExtension(path, ".pdb"), Pdb);

        return path;
    }

    /// <summary>Reads the fixture into memory.</summary>
    public ModuleDefinition Read() => ReadModule(Image, Pdb);

    public static ModuleDefinition ReadModule(byte[] image, byte[]? pdb)
    {
        var parameters = new ReaderParameters(ReadingMode.Deferred) { AssemblyResolver = new ReferenceResolver("Fixture.dll", []) };
        if (pdb is not null)
        {
            parameters.ReadSymbols = true;
            parameters.SymbolReaderProvider = new PortablePdbReaderProvider();
            parameters.SymbolStream = new MemoryStream(pdb);
        }

        return ModuleDefinition.ReadModule(new MemoryStream(image), parameters);
    }
}
