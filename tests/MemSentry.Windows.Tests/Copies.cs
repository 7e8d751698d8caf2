using MemSentry.Windows.Naive;
using Mono.Cecil;

namespace MemSentry.Windows.Tests;

/// <summary>The copies of the program with something left out, each made once.</summary>
[SetUpFixture]
public sealed class Copies
{
    private static readonly DirectoryInfo Root = Directory.CreateTempSubdirectory("memsentry-windows-tests-");
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, Lazy<string>> Made = [];

    /// <summary>The assembly of a copy.</summary>
    public static string Of(string method, NaiveVersion version) =>
        Made.GetOrAdd($"{method}/{version.Name}", _ => new(() => NaiveProgram.Make(method, version, Root.FullName))).Value;

    /// <summary>The assembly of a copy that was compiled with an assembly which is not there.</summary>
    public static string WithMissingAssembly(string method, string name)
    {
        string folder = Folder($"{method}-without-{name}");
        foreach (string file in Directory.EnumerateFiles(WindowProgram.Folder(method)))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);

        string program = Path.Combine(folder, WindowProgram.FileName);
        using ModuleDefinition module = ModuleDefinition.ReadModule(WindowProgram.Whole(method));
        module.AssemblyReferences.Single(r => r.Name == name).Name = name + ".Missing";
        module.Write(program);
        return program;
    }

    /// <summary>A folder for what a test makes itself.</summary>
    public static string Folder(string name) => Root.CreateSubdirectory(name).FullName;

    [OneTimeTearDown]
    public void Remove() => Root.Delete(recursive: true);
}
