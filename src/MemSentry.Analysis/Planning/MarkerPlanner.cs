using System.Collections.Immutable;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Trust;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning;

/// <summary>
/// Plans a member body under the method <c>none</c>: marker calls go, so that the same source leaves the same instructions behind under every method, and
/// nothing else changes. Nothing is analysed, and so nothing is refused. Under a domain-based method markers are refused.
/// </summary>
internal static class MarkerPlanner
{
    public static MemberPlan Plan(MethodDefinition method, WeaverOptions options, DiagnosticList diagnostics)
    {
        ImmutableArray<Instruction> markers = [.. method.Body.Instructions.Where(Markers.IsMarker)];
        if (!markers.IsEmpty && options.ProtMethod.IsDomainBased())
        {
            // One access in the middle of code that is not trusted: there is no gate that could open a window for it.
            diagnostics.Add(Diagnostic.Error(DiagnosticId.MemberNotGated,
                $"The call of MemSentryMarkers.SafeRegionAccess() in {PlanText.Name(method)} allows one access, and a window opens for whole members only; " +
                "move the access into a member with [SafeRegionAccess], or weave with ProtMethod=mpx.",
                SourceLocations.Of(method, markers[0])));
        }

        return new MemberPlan(method, [], [], [], markers, []);
    }
}
