using System.Collections.Immutable;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning;

/// <summary>Variables that are made new right behind a call, for all checks and masks of what becomes of them up to the next one.</summary>
/// <param name="Call">The instruction that ends proofs.</param>
/// <param name="Variables">Each a <see cref="VariableDefinition"/> or <see cref="Mono.Cecil.ParameterDefinition"/> with a raw pointer or an int32.</param>
public sealed record Renewal(Instruction Call, ImmutableArray<object> Variables);
