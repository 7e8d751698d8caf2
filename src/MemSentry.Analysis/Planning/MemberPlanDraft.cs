using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning;

/// <summary>A member's plan while it is being made.</summary>
internal sealed class MemberPlanDraft(MethodDefinition method)
{
    public MethodDefinition Method => method;

    public List<AccessDecision> Decisions { get; } = [];

    public List<InstructionChecks> Checks { get; } = [];

    public List<VariableCheck> VariableChecks { get; } = [];

    public List<Instruction> Markers { get; } = [];

    public List<int> TrustedOffsets { get; } = [];

    public MemberPlan ToPlan() => new(method, [.. Decisions], [.. Checks], [.. VariableChecks], [.. Markers], [.. TrustedOffsets]);
}
