using MemSentry.SeededBugs.Finding;
using Mono.Cecil;

namespace MemSentry.SeededBugs.Bugs;

/// <summary>A bug that can be put into a copy of one of our own assemblies. The product has no switch for it: its code is changed, as a mutant's is.</summary>
/// <param name="Name">In lower case with hyphens.</param>
/// <param name="Place">Where the code lies.</param>
/// <param name="Seed">Changes the code.</param>
/// <param name="Likely">Who is asked first. If he finds nothing, all others are asked.</param>
public sealed record SeededBug(string Name, Place Place, Action<MethodDefinition> Seed, Finder Likely = Finder.Mutants)
{
    /// <summary>The assembly with the bug.</summary>
    /// <param name="folder">Where the assembly without it lies.</param>
    /// <exception cref="SeedException">The code is not what the bug was made for.</exception>
    public byte[] Plant(string folder)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(folder);
        using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(folder, Place.File), new ReaderParameters { InMemory = true, AssemblyResolver = resolver });
        Seed(Place.FindIn(module));
        var image = new MemoryStream();
        module.Write(image);
        return image.ToArray();
    }
}
