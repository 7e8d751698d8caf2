using MemSentry.Analysis.Diagnostics;
using Mono.Cecil;

namespace MemSentry.Weaver.Inspection;

/// <summary>
/// Finds the members that a user names: <c>Type::Member</c>, the type with or without its namespace and outer types, nested types behind
/// <c>/</c> or <c>+</c>; or with the parameter types in parentheses, as messages and lists write a member.
/// </summary>
internal static class MemberSelection
{
    private const int NearNames = 3;

    /// <summary>All members that are meant, in order of token; none, with an error that names near ones, if there is no such member.</summary>
    public static IReadOnlyList<MethodDefinition> Find(ModuleDefinition module, string wanted, DiagnosticList diagnostics)
    {
        string name = wanted.Trim().Replace('+', '/');
        MethodDefinition[] all = [.. module.GetTypes().SelectMany(t => t.Methods)];
        MethodDefinition[] found = [.. all.Where(m => IsNamed(m, name)).OrderBy(m => m.MetadataToken.ToUInt32())];
        if (found.Length > 0)
            return found;

        diagnostics.Add(Diagnostic.Error(DiagnosticId.MemberNotFound, name.Contains("::", StringComparison.Ordinal)
            ? $"'{module.Assembly.Name.Name}' has no member '{wanted}'; the nearest names are {NearestTo(name, all)}."
            : $"'{wanted}' is not the name of a member; write Type::Member, for example {NearestTo($"::{name}", all)}."));
        return [];
    }

    private static bool IsNamed(MethodDefinition method, string name) =>
        WaysToWrite(method).Any(text => EndsWithWhole(text, name));

    private static IEnumerable<string> WaysToWrite(MethodDefinition method) =>
        [ShortName(method), MemberSignature.Of(method), MemberSignature.WithReturnType(method)];

    private static string ShortName(MethodDefinition method) => $"{method.DeclaringType.FullName}::{method.Name}";

    /// <summary>Namespaces and outer types may be left out, parts of names may not.</summary>
    private static bool EndsWithWhole(string text, string name) =>
        name.Contains("::", StringComparison.Ordinal)
        && text.EndsWith(name, StringComparison.Ordinal)
        && (text.Length == name.Length || text[text.Length - name.Length - 1] is '.' or '/' or ' ');

    private static string NearestTo(string name, IEnumerable<MethodDefinition> all) => string.Join(", ", all
        .Select(m => (Text: ShortName(m), Short: $"{m.DeclaringType.Name}::{m.Name}"))
        .Distinct()
        .OrderBy(n => Math.Min(NameDistance.Between(n.Text, name), NameDistance.Between(n.Short, name)))
        .ThenBy(n => n.Text, StringComparer.Ordinal)
        .Take(NearNames)
        .Select(n => $"'{n.Text}'"));
}
