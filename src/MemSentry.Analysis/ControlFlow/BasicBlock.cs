using System.Collections.Immutable;

namespace MemSentry.Analysis.ControlFlow;

/// <summary>Instructions that are entered only at the first and left normally only at the last.</summary>
/// <param name="Index">Position in <see cref="ControlFlowGraph.Blocks"/>, in order of instructions.</param>
/// <param name="Range">The instructions.</param>
/// <param name="Successors">The ways out, each once.</param>
public sealed record BasicBlock(int Index, InstructionRange Range, ImmutableArray<Edge> Successors);
