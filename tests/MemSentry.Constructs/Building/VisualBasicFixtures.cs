using MemSentry.Attacks.Building;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Microsoft.CodeAnalysis.VisualBasic;

namespace MemSentry.Constructs.Building;

/// <summary>Compiles Visual Basic in process.</summary>
public static class VisualBasicFixtures
{
    /// <summary>Compiles sources to a file.</summary>
    /// <exception cref="InvalidOperationException">The fixtures do not compile.</exception>
    public static void Compile(BuildConfiguration configuration, IEnumerable<(string Name, string Text)> sources, string output)
    {
        // Late binding and conversions that may fail are Visual Basic as its users write it.
        var options = new VisualBasicCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: configuration == BuildConfiguration.Debug ? OptimizationLevel.Debug : OptimizationLevel.Release,
            optionStrict: OptionStrict.Off,
            optionInfer: true,
            deterministic: true,
            platform: Platform.X64);
        VisualBasicCompilation compilation = VisualBasicCompilation.Create(
            Path.GetFileNameWithoutExtension(output),
            sources.Select(file => VisualBasicSyntaxTree.ParseText(SourceText.From(file.Text, System.Text.Encoding.UTF8), path: file.Name)),
            CSharpFixtures.References().Append(typeof(Microsoft.VisualBasic.Strings).Assembly.Location).Select(path => MetadataReference.CreateFromFile(path)),
            options);

        using FileStream assembly = File.Create(output);
        CSharpFixtures.Check(compilation.Emit(assembly, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded)));
    }
}
