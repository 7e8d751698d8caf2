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

    // Read once: compilations with the same references share what they know of them.
    private static readonly MetadataReference[] Always = [.. References().Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>Compiles into <paramref name="folder"/>.</summary>
    /// <exception cref="InvalidOperationException">The fixtures do not compile: a defect of the matrix.</exception>
    public static void Compile(BuildConfiguration configuration, string folder, bool withCopies = true) =>
        Compile(configuration, FixtureSources.CSharp(withCopies), Path.Combine(folder, FileName));

    /// <summary>Compiles sources as they are, against what the host was started with: the fixtures run on the same.</summary>
    /// <inheritdoc cref="Compile(BuildConfiguration, string, bool)" path="/exception"/>
    public static void Compile(
        BuildConfiguration configuration, IEnumerable<(string Name, string Text)> sources, string output, params IEnumerable<string> references)
    {
        OptimizationLevel level = configuration == BuildConfiguration.Debug ? OptimizationLevel.Debug : OptimizationLevel.Release;
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: level, allowUnsafe: true, deterministic: true, platform: Platform.X64);
        CSharpCompilation compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(output), sources.Select(Parse), Always.Concat(references.Select(path => MetadataReference.CreateFromFile(path))), options);

        using FileStream assembly = File.Create(output);
        Check(compilation.Emit(assembly, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded)));
    }

    /// <summary>Files of the framework and of the programs under test that a fixture may refer to.</summary>
    public static IEnumerable<string> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => IsNeeded(Path.GetFileName(path)));

    /// <summary>Fails if a compiler found errors.</summary>
    /// <inheritdoc cref="Compile(BuildConfiguration, string, bool)" path="/exception"/>
    public static void Check(EmitResult result)
    {
        if (!result.Success)
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
    }

    private static SyntaxTree Parse((string Name, string Text) file) =>
        CSharpSyntaxTree.ParseText(SourceText.From(file.Text, System.Text.Encoding.UTF8), new CSharpParseOptions(LanguageVersion.Latest), file.Name);

    private static bool IsNeeded(string file) =>
        file.StartsWith("System.", StringComparison.Ordinal) || file is "MemSentry.Runtime.dll" or "MemSentry.Attacks.Surroundings.dll" or "netstandard.dll";
}
