using System.Collections.Immutable;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Reloads;

/// <summary>A load that brings nothing new.</summary>
/// <param name="Load">The load.</param>
/// <param name="Expression">What it would bring.</param>
/// <param name="Sources">The loads of which the last one executed has brought it.</param>
internal sealed record RepeatedLoad(Instruction Load, LoadExpression Expression, ImmutableHashSet<Instruction> Sources);
