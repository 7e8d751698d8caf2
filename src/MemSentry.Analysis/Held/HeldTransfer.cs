using MemSentry.Analysis.Displacement;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Held;

/// <summary>
/// What each instruction does to a <see cref="HeldState"/>. New is what comes from memory that others can write, and what a call returns. What a
/// variable holds whose address is taken, or is read through such an address, may have been there all the time: the JIT sees through the address.
/// </summary>
/// <param name="analysis">What is known of the member.</param>
/// <param name="trust">How long raw pointers are believed; in the whole member, nothing counts as held.</param>
internal sealed class HeldTransfer(MemberAnalysis analysis, PointerTrust trust)
{
    /// <summary>So many variables are followed, the first ones; the others count as held. A state is copied for each block, and must not cost the product of both.</summary>
    public const int MostVariables = 128;

    private readonly MemberVariables _variables = analysis.Variables;
    private readonly RenewedVariables _renewed = analysis.Renewed;

    /// <summary>Whether anything can be held at all.</summary>
    public bool Matters { get; } = trust != PointerTrust.Frame && (analysis.Member.Clauses.Count > 0 || analysis.Member.Body.Instructions.Any(analysis.EndsProofs));

    /// <summary>Whether nobody is expected to write to the stack.</summary>
    public bool TrustsFrame => trust == PointerTrust.Frame;

    public HeldState AtEntry() => new([.. _variables.OnEntry.Take(MostVariables).Select(v => HeldValue.New(v.Kind))]);

    /// <summary>At the entry of a handler everything is held: what it can see lies on the stack while the exception is on its way.</summary>
    public HeldState AtHandler(bool pushesException)
    {
        HeldState state = AtEntry();
        if (Matters)
        {
            state.HoldAll();
        }

        if (pushesException)
        {
            state.Push(HeldValue.New(StackKind.Object));
        }

        return state;
    }

    /// <summary>Moves a state past an instruction.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="state">The state before it.</param>
    /// <param name="after">The types behind it.</param>
    public void Execute(Instruction instruction, HeldState state, FrameState after)
    {
        int pushed = DisplacementTransfer.Pushed(instruction);
        int popped = state.Depth + pushed - after.Depth;
        HeldValue result = pushed > 0 ? Result(instruction, state, popped, after.Peek(0).Kind) : default;
        if (Matters && IsStore(instruction) && _variables.VariableOf(instruction) is var stored && stored < MostVariables)
        {
            state[stored] = state.Peek(0) with { Kind = state[stored].Kind };
        }

        state.Pop(popped);
        if (Matters && (instruction.OpCode.Code == Code.Endfinally || analysis.EndsProofs(instruction)))
        {
            state.HoldAll();
            foreach (int variable in _renewed.Behind(instruction))
            {
                state[variable] = state[variable] with { IsHeld = false };
            }
        }

        for (; pushed > 0; pushed--)
        {
            state.Push(result);
        }
    }

    private HeldValue Result(Instruction instruction, HeldState state, int popped, StackKind kind)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Ldarg or Code.Ldarg_S or Code.Ldarg_0 or Code.Ldarg_1 or Code.Ldarg_2 or Code.Ldarg_3:
            case Code.Ldloc or Code.Ldloc_S or Code.Ldloc_0 or Code.Ldloc_1 or Code.Ldloc_2 or Code.Ldloc_3:
                int variable = _variables.VariableOf(instruction);
                if (variable >= MostVariables)
                {
                    return new HeldValue(kind, Matters, true, kind == StackKind.Int32);
                }

                return state[variable] with { Kind = kind, IsIndex = state[variable].IsIndex || kind == StackKind.Int32, IsHeld = state[variable].IsHeld || (Matters && _variables.AddressTaken[variable]) };
            case Code.Ldarga or Code.Ldarga_S or Code.Ldloca or Code.Ldloca_S:
                return HeldValue.New(kind) with { IsOwn = true };
            case Code.Ldfld when !IsAddress(state.Peek(0)):
                return HeldValue.New(kind) with { IsHeld = state.Peek(0).IsHeld && state.Peek(0).Kind == StackKind.Value };
            case Code.Ldfld or Code.Ldobj or (>= Code.Ldind_I1 and <= Code.Ldind_Ref):
                return HeldValue.New(kind) with { IsHeld = Matters && state.Peek(0).IsOwn && !IsVolatile(instruction) };
            case Code.Ldc_I8:
                return HeldValue.New(kind, isIndex: true);
            case Code.Ldlen or (>= Code.Ldelema and <= Code.Ldelem_Any) or Code.Unbox or Code.Unbox_Any:
                return HeldValue.New(kind);
            default:
                return analysis.EndsProofs(instruction) ? HeldValue.New(kind) : HeldValue.Computed(kind, state.Top(popped));
        }
    }

    private static bool IsAddress(HeldValue value) => value.Kind is StackKind.NativeInt or StackKind.Reference;

    private static bool IsVolatile(Instruction instruction)
    {
        Instruction? prefix = instruction.Previous;
        while (prefix is { OpCode: { OpCodeType: OpCodeType.Prefix, Code: not Code.Volatile } })
        {
            prefix = prefix.Previous;
        }

        return prefix is { OpCode.Code: Code.Volatile };
    }

    /// <summary>Whether an instruction stores to an argument or a local variable.</summary>
    public static bool IsStore(Instruction instruction) => instruction.OpCode.Code
        is Code.Starg or Code.Starg_S or Code.Stloc or Code.Stloc_S or (>= Code.Stloc_0 and <= Code.Stloc_3);
}
