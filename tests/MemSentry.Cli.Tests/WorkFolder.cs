using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

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
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText("public static unsafe class Copy { public static void One(long* to, long* from) { *to = *from; } }")],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, optimizationLevel: OptimizationLevel.Release, deterministic: true));
        string path = this[name + ".dll"];
        Assert.That(compilation.Emit(path).Success);
        return path;
    }

    /// <summary>Writes a file.</summary>
    public string File(string name, ReadOnlySpan<byte> content)
    {
        System.IO.File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
