using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace MemSentry.Corpus.Workloads;

/// <summary>Roslyn: compiles the sources of our verifier into an assembly with symbols, asks about them, and complains about a broken copy.</summary>
internal static class CompilerWorkload
{
    private static readonly string[] References =
        ["System.Runtime", "System.Private.CoreLib", "netstandard", "System.Text.RegularExpressions", "System.Collections", "System.Collections.Immutable", "System.Linq", "System.Memory", "System.Runtime.InteropServices"];

    // What the build and a source generator add.
    private const string Generated = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        namespace MemSentry.Verifier.Facts
        {
            partial record TrustedAccessLine { private static partial System.Text.RegularExpressions.Regex Format() => new("(.*)"); }
        }
        """;

    /// <summary>Prints counts, digests and complaints.</summary>
    public static void Run(TextWriter output)
    {
        SyntaxTree[] trees = [.. Sources().Select(s => CSharpSyntaxTree.ParseText(SourceText.From(s.Text, Encoding.UTF8), new CSharpParseOptions(LanguageVersion.Latest), s.Name))];
        string framework = System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory();
        string[] references = [.. References.Select(r => Path.Combine(framework, r + ".dll")), Path.Combine(AppContext.BaseDirectory, "Mono.Cecil.dll")];
        var compilation = CSharpCompilation.Create(
            "Compiled",
            trees,
            references.Select(r => MetadataReference.CreateFromFile(r)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release, deterministic: true));

        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        EmitResult result = compilation.Emit(assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        output.WriteLine($"compiled {trees.Length} files: {result.Success}, {assembly.Length} bytes {Digest.Of(assembly.ToArray())}, symbols {Digest.Of(symbols.ToArray())}");
        Complaints(result.Diagnostics, output);
        Questions(compilation, output);
        Broken(compilation, output);
    }

    private static IEnumerable<(string Name, string Text)> Sources()
    {
        System.Reflection.Assembly own = typeof(CompilerWorkload).Assembly;
        foreach (string name in own.GetManifestResourceNames().Where(n => n.EndsWith(".cs", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(own.GetManifestResourceStream(name)!);
            yield return (name, reader.ReadToEnd());
        }

        yield return ("Generated.cs", Generated);
    }

    private static void Complaints(ImmutableArray<Diagnostic> diagnostics, TextWriter output)
    {
        foreach (IGrouping<string, Diagnostic> group in diagnostics.GroupBy(d => d.Id).OrderBy(g => g.Key, StringComparer.Ordinal))
            output.WriteLine($"{group.Key} {group.First().Severity}: {group.Count()}, for example {group.Select(d => d.ToString()).Order(StringComparer.Ordinal).First()}");
    }

    private static void Questions(CSharpCompilation compilation, TextWriter output)
    {
        using var digest = new Digest();
        int asked = 0;
        foreach (SyntaxTree tree in compilation.SyntaxTrees.Take(12))
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (ExpressionSyntax expression in tree.GetRoot().DescendantNodes().OfType<ExpressionSyntax>())
            {
                asked++;
                digest.Add($"{expression.Kind()} {model.GetTypeInfo(expression).Type} {model.GetSymbolInfo(expression).Symbol} {model.GetConstantValue(expression).Value}");
            }

            digest.Add(tree.GetRoot().NormalizeWhitespace().ToFullString());
        }

        output.WriteLine($"asked about {asked} expressions, {digest}");
    }

    private static void Broken(CSharpCompilation compilation, TextWriter output)
    {
        SyntaxTree tree = compilation.SyntaxTrees.First();
        SyntaxTree broken = CSharpSyntaxTree.ParseText(tree.ToString().Replace("public", "pubic", StringComparison.Ordinal).Replace(";", "", StringComparison.Ordinal), path: "Broken.cs");
        Complaints([.. broken.GetDiagnostics()], output);
    }
}
