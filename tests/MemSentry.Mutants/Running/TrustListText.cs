using System.Text;
using System.Text.RegularExpressions;
using Mono.Cecil;

namespace MemSentry.Mutants.Running;

/// <summary>The trust list of a woven module, as text.</summary>
public static partial class TrustListText
{
    private const string Resource = "MemSentry.TrustList";

    /// <summary>Its lines.</summary>
    public static string[] LinesOf(ModuleDefinition module) =>
        Encoding.UTF8.GetString(((EmbeddedResource)module.Resources.Single(r => r.Name == Resource)).GetResourceData()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The members of which it allows single accesses.</summary>
    public static IEnumerable<string> AccessesOf(ModuleDefinition module) =>
        LinesOf(module).Select(l => AccessLine().Match(l)).Where(m => m.Success).Select(m => m.Groups[1].Value);

    /// <summary>Puts another list in its place.</summary>
    public static void Replace(ModuleDefinition module, IEnumerable<string> lines)
    {
        module.Resources.Remove(module.Resources.Single(r => r.Name == Resource));
        module.Resources.Add(new EmbeddedResource(Resource, ManifestResourceAttributes.Private, Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n")))));
    }

    [GeneratedRegex("^access (.+) input IL_")]
    private static partial Regex AccessLine();
}
