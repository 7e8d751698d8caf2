using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.WeaveSpeed.Subjects;

/// <summary>
/// Gives an assembly debug information, because the packages of the subjects bring none: a document for each type, and a sequence point every few
/// instructions, about as dense as a compiler's.
/// </summary>
internal static class SymbolMaker
{
    /// <summary>What a statement of C# compiles to on average, in instructions.</summary>
    private const int InstructionsPerStatement = 6;

    /// <summary>Writes the assembly with a Portable PDB beside it.</summary>
    public static void Write(string input, string output)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(input, new ReaderParameters(ReadingMode.Immediate) { InMemory = true });
        foreach (TypeDefinition type in module.GetTypes())
        {
            var document = new Document($"/src/{type.FullName}.cs");
            int line = 1;
            foreach (MethodDefinition method in type.Methods.Where(m => m.HasBody))
                line = AddPoints(method, document, line);
        }

        module.Write(output, new WriterParameters { WriteSymbols = true, SymbolWriterProvider = new PortablePdbWriterProvider() });
    }

    private static int AddPoints(MethodDefinition method, Document document, int line)
    {
        for (int i = 0; i < method.Body.Instructions.Count; i += InstructionsPerStatement)
        {
            method.DebugInformation.SequencePoints.Add(
                new SequencePoint(method.Body.Instructions[i], document) { StartLine = line, EndLine = line, StartColumn = 9, EndColumn = 40 });
            line++;
        }

        return line + 2;
    }
}
