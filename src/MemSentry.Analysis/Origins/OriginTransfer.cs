using MemSentry.Analysis.Displacement;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Origins;

/// <summary>What each instruction does to an <see cref="OriginState"/>. An instruction without a rule of its own makes a value, which is an origin.</summary>
internal sealed class OriginTransfer(MemberAnalysis analysis)
{
    /// <summary>Moves a state past an instruction.</summary>
    public void Execute(int index, OriginState state)
    {
        Instruction instruction = analysis.Member[index];
        FrameState frame = state.Frame!;
        OriginSet? kept = Kept(instruction, state, frame);
        Store(instruction, state);
        analysis.Execute(instruction, frame);
        int pushed = DisplacementTransfer.Pushed(instruction);
        state.PopTo(frame.Depth - pushed);
        if (analysis.EndsProofs(instruction))
        {
            state.Renew(index);
        }

        for (; pushed > 0; pushed--)
        {
            StackValue value = frame.Peek(pushed - 1);
            state.Push(value.Kind switch
            {
                StackKind.NativeInt or StackKind.Int64 => (kept ?? Made(index, value)) with { IsReference = false },
                StackKind.Reference => (kept ?? Made(index, value)) with { IsReference = true },
                _ => OriginSet.None,
            });
        }
    }

    /// <summary>What a value has that an instruction makes.</summary>
    private static OriginSet Made(int index, StackValue value) =>
        OriginSet.Of(new ValueOrigin(value.Origin.IsAnchor() ? OriginKind.Anchor : OriginKind.Instruction, index), value.Type is PointerType);

    /// <summary>The origins of operands that the result keeps; null if the result is an origin itself.</summary>
    private OriginSet? Kept(Instruction instruction, OriginState state, FrameState frame)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Ldarg or Code.Ldarg_S or Code.Ldarg_0 or Code.Ldarg_1 or Code.Ldarg_2 or Code.Ldarg_3:
            case Code.Ldloc or Code.Ldloc_S or Code.Ldloc_0 or Code.Ldloc_1 or Code.Ldloc_2 or Code.Ldloc_3:
                int variable = analysis.Variables.VariableOf(instruction);
                return analysis.Variables.AddressTaken[variable] ? null : state.Variables[variable];
            case Code.Dup or Code.Neg or Code.Not:
                return state.Peek(0);
            case >= Code.Ldc_I4_M1 and <= Code.Ldc_R8:
            case Code.Sizeof or Code.Ldlen:
                return OriginSet.None;
            case >= Code.Add and <= Code.Shr_Un:
            case >= Code.Add_Ovf and <= Code.Sub_Ovf_Un:
                return OriginSet.Combine(state.Peek(1), state.Peek(0));
            case Code.Ldflda when frame.Peek(0).IsAddress:
                return state.Peek(0) with { IsPointer = true };
            case Code.Conv_I or Code.Conv_U or Code.Conv_I8 or Code.Conv_U8 when frame.Peek(0).Kind is not (StackKind.Reference or StackKind.Object):
                return state.Peek(0);
            default:
                return null;
        }
    }

    private void Store(Instruction instruction, OriginState state)
    {
        if (instruction.OpCode.Code is Code.Starg or Code.Starg_S or Code.Stloc or Code.Stloc_S or Code.Stloc_0 or Code.Stloc_1 or Code.Stloc_2 or Code.Stloc_3)
        {
            int variable = analysis.Variables.VariableOf(instruction);
            OriginSet stored = state.Peek(0);
            state.Variables[variable] = stored with { IsPointer = stored.IsPointer || analysis.Variables.OnEntry[variable].Type is PointerType };
        }
    }
}
