using MemSentry.Verifier;
using MemSentry.Windows;
using Mono.Cecil;

namespace MemSentry.Mutants.Switches;

/// <summary>The program of windows, woven with one method, in a folder of its own.</summary>
/// <param name="method">As the option ProtMethod writes it.</param>
public sealed class WovenProgram(string method) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memsentry-switches-");

    /// <summary>What reports call it.</summary>
    public string Name => $"{Path.GetFileNameWithoutExtension(WindowProgram.FileName)}/{method}";

    /// <summary>How often a kind can break it.</summary>
    public int CountOf(SwitchKind kind)
    {
        using ModuleDefinition module = Read();
        return kind.MutationsOf(module).Count();
    }

    /// <summary>Breaks a copy, and verifies that.</summary>
    /// <param name="kind">How.</param>
    /// <param name="number">At which of its places.</param>
    /// <returns>The place, and what the verifier says.</returns>
    public (string Place, VerificationReport Report) Break(SwitchKind kind, int number)
    {
        using ModuleDefinition module = Read();
        SwitchMutation mutation = kind.MutationsOf(module).ElementAt(number);
        mutation.Apply();
        string mutant = Path.Combine(_folder.FullName, WindowProgram.FileName);
        module.Write(mutant);
        return (mutation.Place, AssemblyVerification.Run(new(mutant, [WindowProgram.Folder(method)])));
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private ModuleDefinition Read()
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(WindowProgram.Folder(method));
        return ModuleDefinition.ReadModule(WindowProgram.Whole(method), new ReaderParameters { AssemblyResolver = resolver, InMemory = true });
    }
}
