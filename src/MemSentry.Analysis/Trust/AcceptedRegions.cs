using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Stack;
using Mono.Cecil;

namespace MemSentry.Analysis.Trust;

/// <summary>Parameters through which whitelisted members accept addresses inside safe regions.</summary>
internal static class AcceptedRegions
{
    /// <summary>
    /// Whether a parameter of a whitelisted member is marked and is an address itself. What a structure or a span holds is believed by later code that
    /// is not whitelisted, so the mark does not reach there.
    /// </summary>
    public static bool Include(ParameterDefinition parameter) => IsMarked(parameter) && IsAddress(parameter.ParameterType);

    /// <summary>Warns of marks that change nothing.</summary>
    public static void ReportIdle(ModuleDefinition module, Whitelist whitelist, DiagnosticList diagnostics)
    {
        foreach (MethodDefinition method in module.GetTypes().SelectMany(t => t.Methods))
        {
            foreach (ParameterDefinition parameter in method.Parameters.Where(IsMarked))
            {
                string? why = !whitelist.Contains(method) ? "the member is not whitelisted; add [SafeRegionAccess] or remove it"
                    : !IsAddress(parameter.ParameterType) ? "it is no pointer, native integer or managed reference; pass the address as one, or remove it"
                    : null;
                if (why is not null)
                {
                    diagnostics.Add(Diagnostic.Warning(DiagnosticId.AcceptsSafeRegionIdle,
                        $"[AcceptsSafeRegion] on the parameter '{parameter.Name}' of {PlanText.Name(method)} has no effect, because {why}.",
                        SourceLocations.Of(method, null)));
                }
            }
        }
    }

    private static bool IsMarked(ParameterDefinition parameter) =>
        parameter.HasCustomAttributes && parameter.CustomAttributes.Any(a => a.AttributeType.FullName == MemSentryNames.AcceptsSafeRegion);

    private static bool IsAddress(TypeReference type) => StackTypes.WithoutModifiers(type) is var bare
        && (bare is PointerType or ByReferenceType || bare.MetadataType is MetadataType.IntPtr or MetadataType.UIntPtr);
}
