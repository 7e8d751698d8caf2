using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace MemSentry.Attacks.Building;

/// <summary>Compiles the C# fixtures in process.</summary>
public static class CSharpFixtures
{
    /// <summary>File name of the result.</summary>
    public const string FileName = "AttackFixtures.CSharp.dll";

    /// <summary>Compiles into <paramref name="folder"/>.</summary>
    /// <exception cref="InvalidOperationException">The fixtures do not compile: a defect of the matrix.</exception>
    public static void Compile(BuildConfiguration configuration, string folder)
    {
        OptimizationLevel level = configuration == BuildConfiguration.Debug ? OptimizationLevel.Debug : OptimizationLevel.Release;
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: level, allowUnsafe: true, deterministic: true, platform: Platform.X64);
        CSharpCompilation compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(FileName), FixtureSources.CSharp().Select(Parse), References(), options);

        using FileStream assembly = File.Create(Path.Combine(folder, FileName));
        EmitResult result = compilation.Emit(assembly, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded));
        if (!result.Success)
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
    }

    private static SyntaxTree Parse((string Name, string Text) file) =>
        CSharpSyntaxTree.ParseText(SourceText.From(file.Text, System.Text.Encoding.UTF8), new CSharpParseOptions(LanguageVersion.Latest), file.Name);

    // What the host was started with is what the fixtures run on.
    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => IsNeeded(Path.GetFileName(path)))
            .Select(path => MetadataReference.CreateFromFile(path));

    private static bool IsNeeded(string file) =>
        file.StartsWith("System.", StringComparison.Ordinal) || file is "MemSentry.Runtime.dll" or "MemSentry.Attacks.dll" or "netstandard.dll";
}
