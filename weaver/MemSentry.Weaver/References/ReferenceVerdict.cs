using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using Mono.Cecil;

namespace MemSentry.Weaver.References;

/// <summary>Says what has to be said about referenced assemblies that are not woven, as the option <c>Unwoven</c> wants it said.</summary>
internal static class ReferenceVerdict
{
    public static void Report(ModuleDefinition module, IReadOnlyList<ReferenceRecord> records, WeaverOptions options, DiagnosticList diagnostics)
    {
        DiagnosticSeverity severity = options.Unwoven == UnwovenPolicy.Refuse ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
        string assembly = module.Assembly.Name.Name;
        if (Names(records, ReferenceStatus.RawAccesses) is { Length: > 0 } raw)
        {
            diagnostics.Add(new Diagnostic(DiagnosticId.ReferenceNotWoven, severity,
                $"'{assembly}' refers to assemblies that have raw accesses and are not woven, so that nothing keeps those from safe regions: {raw}; weave them too, or do without them."));
        }

        if (Names(records, ReferenceStatus.Unknown) is { Length: > 0 } unknown)
        {
            diagnostics.Add(new Diagnostic(DiagnosticId.ReferenceNotExamined, severity,
                $"'{assembly}' refers to assemblies that are not woven, and whether they have raw accesses is not known: {unknown}; name the folder that holds them as a reference directory, weave them too, or do without them."));
        }

        foreach (ReferenceRecord record in records)
        {
            string evidence = record.Evidence is null ? "" : $" ({record.Evidence})";
            diagnostics.Add(new Diagnostic(DiagnosticId.ReferenceExamined, DiagnosticSeverity.Info,
                $"'{assembly}' refers to '{record.Name}': {Words(record.Status)}{evidence}."));
        }
    }

    private static string Names(IReadOnlyList<ReferenceRecord> records, ReferenceStatus status) => string.Join(", ", records
        .Where(r => r.Status == status)
        .Select(r => r.Evidence is null ? r.Name : $"{r.Name} ({r.Evidence})"));

    private static string Words(ReferenceStatus status) => status switch
    {
        ReferenceStatus.Woven => "woven",
        ReferenceStatus.RawAccesses => "not woven, with raw accesses",
        ReferenceStatus.NoRawAccesses => "not woven, without raw accesses",
        _ => "not woven, not examined",
    };
}
