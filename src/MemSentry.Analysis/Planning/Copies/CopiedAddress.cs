namespace MemSentry.Analysis.Planning.Copies;

/// <summary>The address that an access consumes in place of the one on the stack: a masked copy of a variable, and a distance from it.</summary>
/// <param name="Variable">A <see cref="Mono.Cecil.Cil.VariableDefinition"/> or <see cref="Mono.Cecil.ParameterDefinition"/>, whose copy it is.</param>
/// <param name="Distance">How many bytes behind the copy.</param>
public sealed record CopiedAddress(object Variable, long Distance);
