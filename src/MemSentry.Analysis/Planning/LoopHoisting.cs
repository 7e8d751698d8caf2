using MemSentry.Analysis.Displacement;
using MemSentry.Analysis.Loops;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Provenance;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning;

/// <summary>
/// Moves checks out of loops.
/// <para>
/// A check in a loop is needed because the paths that meet at its header are the way in, on which nothing is known of a pointer, and the way around, on
/// which it was checked. So the pointer is checked on the way in as well, where the first round is certain to access it, and the analysis is asked again. If
/// the access then needs no check of its own, the one on the way in stays; otherwise all remains as it was. What is proven is the result of the analysis of the body as it will be,
/// and no argument about loops.
/// </para>
/// </summary>
internal sealed class LoopHoisting(WeaverOptions options, Func<CilMember, MemberAnalysis> analyse)
{
    /// <summary>Each attempt does without the checks that did not help in the one before, or puts them elsewhere.</summary>
    private const int MostAttempts = 4;

    /// <summary>What is known of the member once checks went where they serve whole loops; null if there are none.</summary>
    /// <param name="analysis">The member.</param>
    /// <param name="displacement">What its accesses need.</param>
    public HoistedMember? Find(MemberAnalysis analysis, DisplacementAnalysis displacement)
    {
        var candidates = new HoistingCandidates(analysis, new FirstAccesses(analysis, displacement));
        for (int attempt = 0; attempt < MostAttempts && candidates.Current is { Count: > 0 } checks; attempt++)
        {
            HoistedMember member = With(checks, analysis.Member);
            if (candidates.AllServed(c => member.Displacement.NeedOf(c.Access, c.Depth).IsProven, attempt + 2 >= MostAttempts))
            {
                return member;
            }
        }

        return null;
    }

    private HoistedMember With(List<HoistedCheck> checks, CilMember member)
    {
        ILookup<Loop, HoistedCheck> byLoop = checks.ToLookup(c => c.Loop);
        Dictionary<Loop, LoopEntry> entries = byLoop.ToDictionary(l => l.Key, l => LoopEntryBuilder.Build(l.Key, member, rotate: l.Any(c => !c.IsBeforeTest)));
        ILookup<Instruction, HoistedCheck> byPlace = checks.SelectMany(c => PlacesOf(c, entries[c.Loop]).Select(place => (Place: place, Check: c))).ToLookup(p => p.Place, p => p.Check);
        Dictionary<Instruction, int[]> checkedAt = byPlace.ToDictionary(p => p.Key, p => p.Select(c => c.Variable).ToArray());
        MemberAnalysis analysis = analyse(new CilMember(member.Body, [.. entries.Values]));
        var displacement = new DisplacementAnalysis(analysis, options, checkedAt);
        return new HoistedMember(
            analysis,
            displacement,
            [.. entries.Values],
            [.. byPlace.SelectMany(p => p.Select(c => new VariableCheck(p.Key, analysis.Variables.DefinitionOf(c.Variable), c.Kind, c.Access.Offset, displacement.IsHeld(p.Key, c.Variable), IsHoisted: true)))],
            [.. checks.Select(c => (c.Access, c.Depth))]);
    }

    private static IEnumerable<Instruction> PlacesOf(HoistedCheck check, LoopEntry entry) =>
        check.Stores.Select(store => store.Next).Prepend(check.IsBeforeTest ? entry.BeforeTest : entry.BehindTest!);
}
