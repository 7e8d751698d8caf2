using System.Collections.Immutable;
using MemSentry.Analysis.Displacement;
using MemSentry.Analysis.Loops;
using MemSentry.Analysis.Provenance;

namespace MemSentry.Analysis.Planning;

/// <summary>A member whose loops have entries with checks.</summary>
/// <param name="Analysis">The member as it will be.</param>
/// <param name="Displacement">What its accesses need then.</param>
/// <param name="Entries">The entries.</param>
/// <param name="Checks">The checks in them.</param>
internal sealed record HoistedMember(
    MemberAnalysis Analysis, DisplacementAnalysis Displacement, ImmutableArray<LoopEntry> Entries, ImmutableArray<VariableCheck> Checks);
