using MemSentry.Windows.Naive;

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

    /// <summary>A folder for what a test makes itself.</summary>
    public static string Folder(string name) => Root.CreateSubdirectory(name).FullName;

    [OneTimeTearDown]
    public void Remove() => Root.Delete(recursive: true);
}
