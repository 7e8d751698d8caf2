using MemSentry.AccessTable;
using MemSentry.Analysis.Stack;
using Mono.Cecil;

namespace MemSentry.Analysis.Provenance;

/// <summary>One operand of one instruction of which something has to hold, with what is known of it.</summary>
/// <param name="Depth">Its position on the stack before the instruction, 0 being the top.</param>
/// <param name="Kind">What the instruction does with it.</param>
/// <param name="Operand">The operand.</param>
/// <param name="Type">Conversions: the type that later code believes the reference refers to. Structures and handles: their type.</param>
/// <param name="Demand">What has to hold.</param>
/// <param name="Length">Ranges and displaced addresses: how far they reach.</param>
internal readonly record struct Access(
    int Depth, AccessKind Kind, StackValue Operand, TypeReference? Type = null, Demand Demand = Demand.Address, Length? Length = null)
{
    /// <summary>Whether the operand needs no check, whatever the options say.</summary>
    public bool IsProven => Demand switch
    {
        Demand.Address => IsAddressProven,
        Demand.Structure => Operand.Origin.IsAnchor(),
        Demand.Contents => CallResults.ContentsStand(Operand, Type),

        // A handle in memory may be anybody's, and lengths have no proofs yet.
        _ => false,
    };

    /// <summary>
    /// A reference that stands by contract may lie displaced in a larger structure. If it crosses a border again as the type it has, all
    /// displacements together stay inside that structure, because types nest and end. As another type it could take a field's offset
    /// along on every round of a recursion and walk through the guard, so it is checked. Anchors made in this very member are not displaced.
    /// </summary>
    private bool IsAddressProven => Operand.Origin.IsAnchor()
        && (Kind != AccessKind.Conversion || Operand.Origin.IsRoot() || (Operand.Type is not null && TypeIdentity.Same(Operand.Type, Type)));
}
