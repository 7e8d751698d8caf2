using System.Globalization;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Inspection;

/// <summary>An instruction without its offset, for people: members and types by their full names, targets by their offsets.</summary>
internal static class InstructionText
{
    public static string Of(Instruction instruction)
    {
        string operand = Operand(instruction.Operand);
        return operand.Length == 0 ? instruction.OpCode.Name : $"{instruction.OpCode.Name} {operand}";
    }

    /// <summary>An offset as ECMA-335 and debuggers write it.</summary>
    public static string Label(int offset) => string.Create(CultureInfo.InvariantCulture, $"IL_{offset:x4}");

    private static string Operand(object? operand) => operand switch
    {
        null => "",
        string text => Quote(text),
        Instruction target => Label(target.Offset),
        Instruction[] targets => $"({string.Join(", ", targets.Select(t => Label(t.Offset)))})",
        MethodReference method => MemberSignature.WithReturnType(method),
        VariableDefinition local => string.Create(CultureInfo.InvariantCulture, $"V_{local.Index}"),
        ParameterDefinition { Index: < 0 } => "this",
        ParameterDefinition { Name.Length: > 0 } parameter => parameter.Name,
        ParameterDefinition parameter => string.Create(CultureInfo.InvariantCulture, $"A_{parameter.Index}"),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => operand.ToString() ?? "",
    };

    /// <summary>One line, whatever is in it.</summary>
    private static string Quote(string text) => $"\"{string.Concat(text.Select(Escape))}\"";

    private static string Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => @"\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < ' ' or '\x7f' or >= '\x80' and <= '\x9f' or '\u2028' or '\u2029' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
        _ => c.ToString(),
    };
}
