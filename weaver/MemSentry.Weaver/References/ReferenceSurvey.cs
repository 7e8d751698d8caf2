using MemSentry.Analysis.Members;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Prescan;
using MemSentry.Images;
using MemSentry.Weaver.Reading;
using Mono.Cecil;

namespace MemSentry.Weaver.References;

/// <summary>
/// Looks at every assembly that a module refers to, and at those that they refer to: all of them may be loaded into the process, and what they
/// access there is checked only if they are woven.
/// </summary>
internal static class ReferenceSurvey
{
    /// <summary>What is known of each referenced assembly that is not unwoven by design, in order of name.</summary>
    public static IReadOnlyList<ReferenceRecord> Of(ModuleDefinition module, ReferenceFiles references)
    {
        var records = new SortedDictionary<string, ReferenceRecord>(StringComparer.Ordinal);
        var waiting = new Queue<string>(NamesIn(module));
        while (waiting.TryDequeue(out string? name))
        {
            if (records.ContainsKey(name) || references.IsUnwovenByDesign(name) || name == module.Assembly.Name.Name)
                continue;

            records.Add(name, Examine(name, references, module, waiting));
        }

        return [.. records.Values];
    }

    private static ReferenceRecord Examine(string name, ReferenceFiles references, ModuleDefinition referrer, Queue<string> waiting)
    {
        // What it refers to is found by its own weave.
        if (references.WovenTogether.Contains(name))
            return new ReferenceRecord(name, null, ReferenceStatus.Woven, null);
        if (!references.Files.TryGetValue(name, out string? file))
            return new ReferenceRecord(name, null, ReferenceStatus.Unknown, "it was not found");

        try
        {
            byte[] image = File.ReadAllBytes(file);
            ImageValidation.RequireReadable(image);
            using ModuleDefinition module = ModuleDefinition.ReadModule(
                new MemoryStream(image, writable: false), new ReaderParameters(ReadingMode.Deferred) { AssemblyResolver = referrer.AssemblyResolver, MetadataResolver = referrer.MetadataResolver });
            foreach (string next in NamesIn(module))
                waiting.Enqueue(next);

            (ReferenceStatus status, string? evidence) = Examine(new ModuleMembers(module, SettledMembers.In(module, image)));
            return new ReferenceRecord(name, module.Mvid, status, evidence);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException || MalformedInput.Explains(e))
        {
            return new ReferenceRecord(name, null, ReferenceStatus.Unknown, "it cannot be read");
        }
    }

    /// <summary>What is known of one assembly, whoever refers to it.</summary>
    public static (ReferenceStatus Status, string? Evidence) Examine(ModuleMembers members)
    {
        ModuleDefinition module = members.Module;
        if (IsProtected(module.Assembly))
            return (ReferenceStatus.Woven, null);
        if (!module.Attributes.HasFlag(ModuleAttributes.ILOnly) && !ReadyToRunCode.IsIn(module))
            return (ReferenceStatus.Unknown, "it mixes managed and native code");
        if (module.Assembly.CustomAttributes.Any(a => a.AttributeType.FullName == "System.Runtime.CompilerServices.ReferenceAssemblyAttribute"))
            return (ReferenceStatus.Unknown, "only a reference assembly without code was found");

        RawAccess? first = RawAccessSearch.First(members, out string? unknown);
        if (first is not null)
            return (ReferenceStatus.RawAccesses, $"{first.Opcode} in {first.Member}");
        return unknown is null ? (ReferenceStatus.NoRawAccesses, null) : (ReferenceStatus.Unknown, unknown);
    }

    /// <summary>With the method <c>none</c> an assembly carries the stamp and no checks.</summary>
    private static bool IsProtected(AssemblyDefinition assembly) =>
        assembly.CustomAttributes.FirstOrDefault(a => a.AttributeType.FullName == RuntimeContract.WovenAttributeFullName) is { } stamp
        && stamp.ConstructorArguments[1].Value is string settings
        && !settings.Split(';').Contains("ProtMethod=none");

    private static IEnumerable<string> NamesIn(ModuleDefinition module) => module.AssemblyReferences.Select(r => r.Name);
}
