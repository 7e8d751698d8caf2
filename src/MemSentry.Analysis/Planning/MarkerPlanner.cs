using MemSentry.Analysis.Trust;
using Mono.Cecil;

namespace MemSentry.Analysis.Planning;

/// <summary>
/// Plans a member body under the method <c>none</c>: marker calls go, so that the same source leaves the same instructions behind under every method, and
/// nothing else changes. Nothing is analysed, and so nothing is refused.
/// </summary>
internal static class MarkerPlanner
{
    public static MemberPlan Plan(MethodDefinition method) =>
        new(method, [], [], [], [.. method.Body.Instructions.Where(Markers.IsMarker)], []);
}
