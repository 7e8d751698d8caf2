using System.Collections.Immutable;
using MemSentry.Analysis.Displacement;
using MemSentry.Analysis.Loops;
using MemSentry.Analysis.Provenance;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning;

/// <summary>A member whose loops have entries with checks.</summary>
/// <param name="Analysis">The member as it will be.</param>
/// <param name="Displacement">What its accesses need then.</param>
/// <param name="Entries">The entries.</param>
/// <param name="Checks">The checks in them.</param>
/// <param name="Served">The operands that have no check of their own because of those.</param>
internal sealed record HoistedMember(
    MemberAnalysis Analysis, DisplacementAnalysis Displacement, ImmutableArray<LoopEntry> Entries, ImmutableArray<VariableCheck> Checks, ImmutableHashSet<(Instruction Access, int Depth)> Served);
