using Mono.Cecil;

namespace MemSentry.Verifier.Facts;

/// <summary>Parameters of trusted members that may be given addresses of safe regions: the attribute opts out of the check at the border.</summary>
internal static class AcceptedRegions
{
    private const string Attribute = "MemSentry.AcceptsSafeRegionAttribute";

    /// <summary>Whether a parameter is marked so.</summary>
    public static bool Include(ParameterDefinition parameter) => parameter.HasCustomAttributes && parameter.CustomAttributes.Any(a => a.AttributeType.FullName == Attribute);
}
