using System.Collections.Immutable;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Windows;

/// <summary>How a whitelisted member becomes a gate and a twin: plain data.</summary>
/// <param name="Method">The member.</param>
/// <param name="Target">What the gate opens.</param>
/// <param name="HasKey">Whether what it opens has a protection key, so that the gate switches by stubs.</param>
/// <param name="Actions">Switches inside the body, in its order.</param>
/// <param name="TwinCalls">Calls that run the twin of their callee.</param>
/// <param name="StaticConstructors">Types whose static constructors the body could set off, and that run before the window opens.</param>
/// <param name="Checked">Parameters that are compared at the gate; -1 stands for the receiver.</param>
public sealed record WindowPlan(
    MethodDefinition Method,
    WindowTarget Target,
    bool HasKey,
    ImmutableArray<WindowAction> Actions,
    ImmutableArray<Instruction> TwinCalls,
    ImmutableArray<TypeReference> StaticConstructors,
    ImmutableArray<int> Checked);
