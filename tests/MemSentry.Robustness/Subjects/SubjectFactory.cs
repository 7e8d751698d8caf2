using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Weaver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace MemSentry.Robustness.Subjects;

/// <summary>Makes the subjects: one source with a bit of everything, compiled and woven in the ways that differ in their bytes.</summary>
internal static class SubjectFactory
{
    /// <summary>A member of every subject, to be explained.</summary>
    public const string Member = "Shape`1::Choose";

    /// <summary>All subjects.</summary>
    /// <param name="folder">Where woven ones are made.</param>
    public static IReadOnlyList<Subject> All(string folder)
    {
        Subject release = Compile("Release", OptimizationLevel.Release, null);
        Subject debug = Compile("Debug", OptimizationLevel.Debug, DebugInformationFormat.PortablePdb);
        Subject embedded = Compile("Embedded", OptimizationLevel.Debug, DebugInformationFormat.Embedded);
        return
        [
            release,
            debug,
            embedded,
            Woven(release, folder, new WeaverOptions()),
            Woven(debug, folder, new WeaverOptions { ProtMethod = ProtectionMethod.Sfi, Trust = PointerTrust.None }),
        ];
    }

    private static Subject Compile(string name, OptimizationLevel level, DebugInformationFormat? symbols)
    {
        string source = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Sources", "Everything.cs"));
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(source, path: "/src/Everything.cs", encoding: System.Text.Encoding.UTF8)],
            [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':').Where(IsFramework).Select(p => MetadataReference.CreateFromFile(p))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, optimizationLevel: level, deterministic: true, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        using var pdb = new MemoryStream();
        EmitResult result = compilation.Emit(
            image,
            symbols == DebugInformationFormat.PortablePdb ? pdb : null,
            options: new EmitOptions(debugInformationFormat: symbols ?? 0, pdbFilePath: name + ".pdb"));
        return result.Success
            ? new Subject(name, image.ToArray(), pdb.Length > 0 ? pdb.ToArray() : null)
            : throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }

    private static bool IsFramework(string file) =>
        Path.GetDirectoryName(file) == Path.TrimEndingDirectorySeparator(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory());

    private static Subject Woven(Subject subject, string folder, WeaverOptions options)
    {
        string input = Path.Combine(folder, subject.Name + ".dll");
        string output = Path.Combine(folder, "woven", subject.Name + ".dll");
        File.WriteAllBytes(input, subject.Image);
        if (subject.Pdb is not null)
            File.WriteAllBytes(Path.ChangeExtension(input, ".pdb"), subject.Pdb);
        var diagnostics = new DiagnosticList();
        if (AssemblyWeave.Run(new AssemblyWeaveRequest(input, output, options, [AppContext.BaseDirectory]), diagnostics) is null)
            throw new InvalidOperationException(string.Join('\n', diagnostics));

        string pdb = Path.ChangeExtension(output, ".pdb");
        return new Subject(subject.Name, File.ReadAllBytes(output), File.Exists(pdb) ? File.ReadAllBytes(pdb) : null);
    }
}
