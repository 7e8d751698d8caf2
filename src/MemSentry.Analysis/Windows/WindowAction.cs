using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Windows;

/// <summary>A switch that goes before an instruction.</summary>
/// <param name="Target">The instruction.</param>
/// <param name="Kind">What happens before it.</param>
public readonly record struct WindowAction(Instruction Target, WindowActionKind Kind);
