using MemSentry.WeaveSpeed.Subjects;
using Mono.Cecil;

namespace MemSentry.WeaveSpeed.Measuring;

/// <summary>What every weaver built on Cecil has to do at least: read everything, write everything, symbols included.</summary>
internal static class CecilCopy
{
    /// <summary>Reads and writes.</summary>
    public static void Run(Subject subject)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(subject.References);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        var reading = new ReaderParameters(ReadingMode.Immediate) { InMemory = true, ReadSymbols = true, AssemblyResolver = resolver };
        using ModuleDefinition module = ModuleDefinition.ReadModule(subject.Input, reading);
        module.Write(subject.Output, new WriterParameters { WriteSymbols = true, DeterministicMvid = true });
    }
}
