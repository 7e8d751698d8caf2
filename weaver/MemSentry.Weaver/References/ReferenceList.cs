using System.Text;
using System.Text.Json;
using Mono.Cecil;

namespace MemSentry.Weaver.References;

/// <summary>
/// The text that tells a running program what was known of referenced assemblies when one was woven: an entry a line, in order of name.
/// <code>
/// MemSentry reference list 1
/// raw-accesses 25b12134-b112-4ffb-ab73-641db2e54e5b Codec
/// no-raw-accesses 0f5f4e3a-6c1c-4f3d-9a53-2cbb5ee6a1b0 Json
/// unknown - Plugin
/// woven - Parser
/// </code>
/// </summary>
public static class ReferenceList
{
    /// <summary>The name of the resource.</summary>
    public const string Resource = "MemSentry.References";

    /// <summary>The list in a woven module; empty if it has none.</summary>
    public static string TextIn(ModuleDefinition module) =>
        module.Resources.OfType<EmbeddedResource>().FirstOrDefault(r => r.Name == Resource) is { } list ? Encoding.UTF8.GetString(list.GetResourceData()) : "";

    /// <summary>Puts the list into a module.</summary>
    internal static void Put(ModuleDefinition module, IReadOnlyList<ReferenceRecord> records) => module.Resources.Add(
        new EmbeddedResource(Resource, ManifestResourceAttributes.Private, Encoding.UTF8.GetBytes(Write(records))));

    private static string Write(IReadOnlyList<ReferenceRecord> records) =>
        string.Concat(records.Select(Line).Prepend("MemSentry reference list 1").Select(l => l + "\n"));

    // The name comes last, because it may contain spaces. The build of a woven assembly does not matter: it checks by itself.
    private static string Line(ReferenceRecord record) =>
        $"{JsonNamingPolicy.KebabCaseLower.ConvertName(record.Status.ToString())} {(record is { Mvid: { } mvid, Status: not ReferenceStatus.Woven } ? mvid.ToString("D") : "-")} {record.Name}";
}
