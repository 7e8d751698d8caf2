using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Corpus.Checks;

/// <summary>
/// Compares member bodies of two assemblies byte for byte, metadata tokens by what they mean: rows of a metadata table may move when
/// the table grows (ECMA-335 II.22), so equal bytes there would prove nothing and different ones too.
/// </summary>
internal static class BodyComparison
{
    /// <summary>A member's name; overloads may differ in the number of type parameters only.</summary>
    private static string Name(MethodDefinition method) => $"{method.FullName}`{method.GenericParameters.Count}";

    /// <summary>Members of the first assembly whose body is missing or different in the second.</summary>
    public static IReadOnlyList<string> Different(string first, string second)
    {
        using ModuleDefinition before = ModuleDefinition.ReadModule(first);
        using ModuleDefinition after = ModuleDefinition.ReadModule(second);
        Dictionary<string, string> bodies = Members(after).ToDictionary(Name, Text);
        return [.. Members(before).Where(m => bodies.GetValueOrDefault(Name(m)) != Text(m)).Select(Name)];
    }

    /// <summary>The names of members, by their tokens in an assembly.</summary>
    public static IReadOnlyList<string> Names(string assembly, IEnumerable<MetadataToken> members)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(assembly);
        return [.. members.Select(m => Name((MethodDefinition)module.LookupToken(m)))];
    }

    private static IEnumerable<MethodDefinition> Members(ModuleDefinition module) =>
        module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody);

    // Offsets and opcodes fix every byte but the operands; an operand's text fixes it up to the numbering of tokens.
    private static string Text(MethodDefinition method)
    {
        MethodBody body = method.Body;
        IEnumerable<string> lines =
        [
            $"code {body.CodeSize}, stack {body.MaxStackSize}, init {body.InitLocals}",
            .. body.Variables.Select(v => $"{v.Index} {v.VariableType.FullName} {v.IsPinned}"),
            .. body.Instructions.Select(i => i.ToString()),
            .. body.ExceptionHandlers.Select(h =>
                $"{h.HandlerType} {h.TryStart?.Offset}-{h.TryEnd?.Offset} {h.HandlerStart?.Offset}-{h.HandlerEnd?.Offset} {h.FilterStart?.Offset} {h.CatchType?.FullName}"),
        ];
        return string.Join('\n', lines);
    }
}
