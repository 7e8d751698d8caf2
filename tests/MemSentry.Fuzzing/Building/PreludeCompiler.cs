using MemSentry.Attacks.Building;
using MemSentry.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace MemSentry.Fuzzing.Building;

/// <summary>Compiles files behind others that all assemblies have, which are parsed once.</summary>
/// <param name="prelude">What all of them have.</param>
internal sealed class PreludeCompiler(IReadOnlyList<string> prelude)
{
    private readonly Lazy<MetadataReference[]> _references = new(() => [.. CSharpFixtures.References().Select(path => MetadataReference.CreateFromFile(path))]);
    private readonly Lazy<SyntaxTree[]> _prelude = new(() => [.. prelude.Select(Parse)]);

    /// <summary>Compiles a file.</summary>
    /// <exception cref="InvalidOperationException">The C# is wrong: a defect of the generator.</exception>
    public byte[] Compile(string source, BuildConfiguration configuration, string name) =>
        KeptImages.Get([source, $"{configuration}", name], () => [CompileToImage(source, configuration, name)])[0];

    private byte[] CompileToImage(string source, BuildConfiguration configuration, string name)
    {
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: configuration == BuildConfiguration.Debug ? OptimizationLevel.Debug : OptimizationLevel.Release,
            allowUnsafe: true,
            deterministic: true,
            concurrentBuild: false,
            platform: Platform.X64,
            warningLevel: 0);
        var image = new MemoryStream();
        EmitResult result = CSharpCompilation.Create(name, [.. _prelude.Value, Parse(source)], _references.Value, options).Emit(image);
        CSharpFixtures.Check(result);
        return image.ToArray();
    }

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest));
}
