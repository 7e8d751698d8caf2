using MemSentry.AccessTable;
using MemSentry.Verifier.Values;
using Mono.Cecil;

namespace MemSentry.Verifier.Proving;

/// <summary>What an instruction owes for one of its operands.</summary>
/// <param name="Value">The operand.</param>
/// <param name="Kind">What happens to it.</param>
/// <param name="Type">Conversions: the type that later code believes the reference refers to.</param>
internal readonly record struct Obligation(Value Value, AccessKind Kind, TypeReference? Type)
{
    /// <summary>
    /// Whether it is paid. An access or escape may be displaced: the guards stop it. What crosses a border as a reference becomes the base of further
    /// displacement there, so it crosses as it is, or as the very type it has.
    /// </summary>
    public bool IsMet => Kind == AccessKind.Conversion
        ? Value.Proof == Proof.Exact || (Value.Proof != Proof.None && SameType.Are(Value.Type, Type))
        : Value.Proof != Proof.None;
}
