using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace MemSentry.Cli.Tests;

/// <summary>A temporary folder with inputs in it.</summary>
public sealed class WorkFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memsentry-cli-");

    /// <summary>A path in the folder.</summary>
    public string this[string name] => Path.Combine(_folder.FullName, name);

    /// <summary>Everything in the folder, with the length of each file: equal before and after means that nothing was left behind.</summary>
    public IReadOnlyList<string> Content =>
        [.. _folder.EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Select(e => $"{Path.GetRelativePath(_folder.FullName, e.FullName)} {(e as FileInfo)?.Length}")
            .Order(StringComparer.Ordinal)];

    /// <summary>Compiles a library that reads through one pointer and writes through another.</summary>
    public string Library(string name)
    {
        Assert.That(Compile(Path.GetFileName(name), OptimizationLevel.Release).Emit(this[name + ".dll"]).Success);
        return this[name + ".dll"];
    }

    /// <summary>Compiles a library that may use the runtime's attributes.</summary>
    public string Library(string name, string source, params string[] references)
    {
        EmitResult result = Compile(Path.GetFileName(name), OptimizationLevel.Release, source, references).Emit(this[name + ".dll"]);
        Assert.That(result.Success, string.Join('\n', result.Diagnostics));
        return this[name + ".dll"];
    }

    /// <summary>Compiles a program that <c>dotnet exec</c> runs.</summary>
    public string Program(string name, string source, params string[] references)
    {
        CSharpCompilation program = Compile(name, OptimizationLevel.Release, source, references);
        EmitResult result = program.WithOptions(program.Options.WithOutputKind(OutputKind.ConsoleApplication)).Emit(this[name + ".dll"]);
        Assert.That(result.Success, string.Join('\n', result.Diagnostics));
        string tool = Path.Combine(AppContext.BaseDirectory, "memsentry-weave.runtimeconfig.json");
        System.IO.File.Copy(tool, this[name + ".runtimeconfig.json"]);
        return this[name + ".dll"];
    }

    /// <summary>The library of <see cref="Library(string)"/>, unoptimised, with a PDB beside it.</summary>
    public string DebugLibrary(string name)
    {
        using FileStream assembly = System.IO.File.Create(this[name + ".dll"]);
        using FileStream symbols = System.IO.File.Create(this[name + ".pdb"]);
        var options = new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb, pdbFilePath: name + ".pdb");
        Assert.That(Compile(name, OptimizationLevel.Debug).Emit(assembly, symbols, options: options).Success);
        return this[name + ".dll"];
    }

    /// <summary>The library of <see cref="Library(string)"/>, unoptimised, with its debug information inside.</summary>
    public string EmbeddedDebugLibrary(string name)
    {
        using FileStream assembly = System.IO.File.Create(this[name + ".dll"]);
        var options = new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded, pdbFilePath: name + ".pdb");
        Assert.That(Compile(name, OptimizationLevel.Debug).Emit(assembly, options: options).Success);
        return this[name + ".dll"];
    }

    /// <summary>The library of <see cref="Library(string)"/>, signed.</summary>
    public string SignedLibrary(string name, string keyFile)
    {
        CSharpCompilation library = Compile(name, OptimizationLevel.Release);
        EmitResult result = library.WithOptions(library.Options.WithCryptoKeyFile(keyFile).WithStrongNameProvider(new DesktopStrongNameProvider())).Emit(this[name + ".dll"]);
        Assert.That(result.Success, string.Join('\n', result.Diagnostics));
        return this[name + ".dll"];
    }

    /// <summary>Compiles an assembly of translated resources.</summary>
    public void Resources(string name, string culture) =>
        Emit(name, $"[assembly: System.Reflection.AssemblyCulture(\"{culture}\")]", new EmitOptions());

    /// <summary>Compiles what others compile against.</summary>
    public void ReferenceAssembly(string name, string source) => Emit(
        name, $"[assembly: System.Runtime.CompilerServices.ReferenceAssembly] {source}", new EmitOptions(metadataOnly: true, includePrivateMembers: false));

    /// <summary>Writes a file.</summary>
    public string File(string name, ReadOnlySpan<byte> content)
    {
        System.IO.File.WriteAllBytes(this[name], content);
        return this[name];
    }

    private void Emit(string name, string source, EmitOptions options)
    {
        using FileStream assembly = System.IO.File.Create(this[name + ".dll"]);
        EmitResult result = Compile(Path.GetFileName(name), OptimizationLevel.Release, source, []).Emit(assembly, options: options);
        Assert.That(result.Success, string.Join('\n', result.Diagnostics));
    }

    private static CSharpCompilation Compile(string name, OptimizationLevel level) => Compile(
        name,
        level,
        """
        public static unsafe class Copy
        {
            public static void One(long* to, long* from) { long value = *from; *to = value; }
            public static int Sum(int n) { int sum = 0; for (int i = 0; i < n; i++) { int square = i * i; sum += square; } return sum; }
        }
        """,
        []);

    private static CSharpCompilation Compile(string name, OptimizationLevel level, string source, IEnumerable<string> references) =>
        CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(source, path: name + ".cs", encoding: System.Text.Encoding.UTF8)],
            [.. references.Prepend(typeof(object).Assembly.Location).Select(r => MetadataReference.CreateFromFile(r))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, optimizationLevel: level, deterministic: true));

    public void Dispose() => _folder.Delete(recursive: true);
}
