using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Tests.Fixtures;

/// <summary>
/// The instructions of an input, remembered by identity. Weaving and writing move them and set their offsets, so the same question, asked with
/// the offsets of the moment, can be put to the input and to the woven module that was read back.
/// </summary>
internal sealed class InputPositions
{
    private readonly Dictionary<string, Instruction[]> _instructions;

    public InputPositions(ModuleDefinition input) => _instructions = Bodies(input).ToDictionary(m => m.FullName, m => m.Body.Instructions.ToArray());

    /// <summary>The sequence point in force at every instruction of the input.</summary>
    public List<string> Lines(ModuleDefinition module) =>
    [
        .. from method in Bodies(module)
           where _instructions.ContainsKey(method.FullName)
           from instruction in _instructions[method.FullName].Select((instruction, index) => (instruction.Offset, index))
           select $"{method.Name} #{instruction.index} {LineAt(method, instruction.Offset)}",
    ];

    /// <summary>The same at the code directly before every instruction of the input that is not the first: its check, if it has one.</summary>
    public List<string> LinesOfChecks(ModuleDefinition module) =>
    [
        .. from method in Bodies(module)
           where _instructions.ContainsKey(method.FullName)
           let instructions = _instructions[method.FullName]
           from index in Enumerable.Range(1, instructions.Length - 1)
           where !HasPrefix(instructions[index - 1])
           let behindPrevious = instructions[index - 1].Offset + instructions[index - 1].GetSize()
           select $"{method.Name} #{index} {LineAt(method, behindPrevious)}",
    ];

    /// <summary>
    /// Positions in debug information as the instruction of the input they lead to. "Late" says that a position leads behind the beginning of what was
    /// inserted before the instruction.
    /// </summary>
    public List<string> Describe(ModuleDefinition module, Func<MethodDefinition, IEnumerable<InstructionOffset>> positions) =>
    [
        .. from method in Bodies(module)
           where _instructions.ContainsKey(method.FullName)
           from position in positions(method)
           select $"{method.Name} #{(position.IsEndOfMethod ? "end" : IndexAtOrAfter(method.FullName, position.Offset))}",
    ];

    private string IndexAtOrAfter(string method, int offset)
    {
        Instruction[] instructions = _instructions[method];
        int index = Array.FindIndex(instructions, i => i.Offset >= offset);
        if (index < 0)
            return "end";

        int beginning = index == 0 ? 0 : instructions[index - 1].Offset + instructions[index - 1].GetSize();
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{index}{(offset == beginning ? "" : " late")}");
    }

    private static bool HasPrefix(Instruction instruction) => instruction.OpCode.OpCodeType == OpCodeType.Prefix;

    private static string LineAt(MethodDefinition method, int offset) =>
        method.DebugInformation.SequencePoints.LastOrDefault(p => p.Offset <= offset) is { } point
            ? $"{point.Document.Url}({point.StartLine},{point.StartColumn})-({point.EndLine},{point.EndColumn})"
            : "nowhere";

    private static IEnumerable<MethodDefinition> Bodies(ModuleDefinition module) =>
        module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody);
}
