using System.Collections.Immutable;
using MemSentry.Analysis.Planning.Copies;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning;

/// <summary>A copy of a variable that is masked where the variable changes, for all accesses that are displaced from it.</summary>
/// <param name="Variable">A <see cref="VariableDefinition"/> or <see cref="ParameterDefinition"/>.</param>
/// <param name="AtEntry">Whether it is masked at the entry of the member.</param>
/// <param name="Stores">The stores to the variable before which what they store is masked.</param>
/// <param name="HeldStores">Those of them that store what may have been there before a call: it is made new before the mask.</param>
/// <param name="Calls">What ends proofs, and behind which the variable is masked again.</param>
/// <param name="IsHeldBehindCalls">Whether it is made new there before the mask.</param>
/// <param name="Loads">The loads of the variable in whose place the copy is loaded.</param>
public sealed record MaskedCopy(
    object Variable,
    bool AtEntry,
    ImmutableArray<Instruction> Stores,
    ImmutableArray<Instruction> HeldStores,
    ImmutableArray<Instruction> Calls,
    bool IsHeldBehindCalls,
    ImmutableArray<Instruction> Loads)
{
    /// <summary>The stores that move the variable on: the copy moves with it.</summary>
    public ImmutableArray<CopyStep> Steps { get; init; } = [];

    /// <summary>How many masks there are.</summary>
    public int Masks => (AtEntry ? 1 : 0) + Stores.Length + Calls.Length;
}
