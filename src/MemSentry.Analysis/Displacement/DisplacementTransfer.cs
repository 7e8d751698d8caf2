using MemSentry.Analysis.Held;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using MemSentry.Analysis.Summaries;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Displacement;

/// <summary>What each instruction does to a <see cref="DisplacementState"/>. An instruction without a rule of its own makes a value of which only the stack type is known.</summary>
internal sealed class DisplacementTransfer(MemberAnalysis analysis, AccessRule rule, HeldTransfer held, IReadOnlyDictionary<Instruction, int[]> checkedAt)
{
    private readonly MemberVariables _variables = analysis.Variables;

    /// <summary>Moves a state past an instruction, accesses and checks included.</summary>
    public void Execute(int index, DisplacementState state)
    {
        Instruction instruction = analysis.Member[index];
        FrameState frame = state.Frame!;
        state.Statement!.Pass(instruction, frame);
        foreach (int variable in checkedAt.GetValueOrDefault(instruction, []))
        {
            AccessRule.PassCheck(variable, Symbols.Stored(index, variable), state);
        }

        foreach (Access access in analysis.AccessesOf(instruction, frame))
        {
            if (AccessRule.Covers(access))
            {
                rule.Pass(access, instruction, index, state);
            }
        }

        state.Comparison = Comparison.Of(index, analysis, state);
        Term? result = Result(instruction, index, state, frame);
        bool isProvenByCallee = IsProvenByCallee(instruction, state.Held);
        int pushed = Pushed(instruction);
        int loaded = LoadedFrom(instruction, state, frame);
        Store(instruction, index, state, frame);
        analysis.Execute(instruction, frame);
        held.Execute(instruction, state.Held, frame);
        state.PopTo(frame.Depth - pushed);
        if (instruction.OpCode.Code == Code.Endfinally || analysis.EndsProofs(instruction))
        {
            Distrust(index, state, frame);
            MakeNew(instruction, state);
        }

        state.Loaded!.Follow(HeldTransfer.IsStore(instruction) ? _variables.VariableOf(instruction) : LoadedVariables.None, loaded, pushed, state.Depth);
        for (; pushed > 0; pushed--)
        {
            Push(result, frame.Peek(pushed - 1), index, state);
        }

        if (isProvenByCallee)
        {
            state.Learn(Symbols.Made(index), Reach.OfSummary, Basis.Summary);
        }
    }

    /// <summary>
    /// Whether a callee proves what it returns. Not of numbers that were there before a call: where the JIT puts the callee into this member, it may answer the callee's check of such a
    /// number by one before that call.
    /// </summary>
    private bool IsProvenByCallee(Instruction instruction, HeldState held) =>
        analysis.Summaries.Callee(instruction) is { } callee && analysis.Summaries.Include(callee, SummaryFact.Result)
        && !held.Top(CallShape.Of(instruction).OperandCount).ToArray().Any(v => v is { IsHeld: true, Kind: not (StackKind.Int32 or StackKind.Object or StackKind.Reference) });

    private void Distrust(int index, DisplacementState state, FrameState frame) => state.Distrust(index, slot => IsWide(slot < state.Variables.Length
        ? _variables.OnEntry[slot].Kind
        : frame.Peek(frame.Depth - 1 - (slot - state.Variables.Length)).Kind), held.TrustsFrame);

    /// <summary>An int32 that is read from memory again behind a call has 32 bits; of a pointer nothing is known.</summary>
    private void MakeNew(Instruction instruction, DisplacementState state)
    {
        foreach (int variable in analysis.Renewed.Behind(instruction))
        {
            if (state.Follows(variable) && _variables.OnEntry[variable].Kind == StackKind.Int32)
            {
                state.Variables[variable] = Term.Number(Interval.Int32);
            }
        }
    }

    /// <summary>The variable that holds the number that an instruction pushes.</summary>
    private int LoadedFrom(Instruction instruction, DisplacementState state, FrameState before)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Ldarg or Code.Ldarg_S or Code.Ldarg_0 or Code.Ldarg_1 or Code.Ldarg_2 or Code.Ldarg_3:
            case Code.Ldloc or Code.Ldloc_S or Code.Ldloc_0 or Code.Ldloc_1 or Code.Ldloc_2 or Code.Ldloc_3:
                int variable = _variables.VariableOf(instruction);
                return _variables.AddressTaken[variable] || !state.Follows(variable) ? LoadedVariables.None : variable;
            case Code.Dup or Code.Conv_I or Code.Conv_I8:
            case Code.Conv_U or Code.Conv_U8 when IsWide(before.Peek(0).Kind):
                return state.Loaded!.Peek(0);
            default:
                return LoadedVariables.None;
        }
    }

    private static void Push(Term? result, StackValue value, int index, DisplacementState state)
    {
        Term term = result ?? (value.Kind switch
        {
            StackKind.Int32 => Term.Number(Interval.Int32),
            StackKind.NativeInt or StackKind.Int64 => Term.Of(Symbols.Made(index)),
            _ => Term.Unknown,
        });
        state.Push(term);
        if (value.Kind == StackKind.NativeInt && value.Origin.IsAnchor() && term is { IsKnown: true, IsNumber: false, Offset.IsConstant: true } && state.Near(term) is null)
        {
            Interval near = value.Origin.IsRoot() ? Interval.Zero : Reach.OfContract;
            if (Interval.Subtract(near, term.Offset) is { } distance)
            {
                state.Learn(term.Symbol, distance, Basis.None);
            }
        }
    }

    /// <summary>What an instruction pushes; null if only its stack type is known.</summary>
    private Term? Result(Instruction instruction, int index, DisplacementState state, FrameState frame)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Ldarg or Code.Ldarg_S or Code.Ldarg_0 or Code.Ldarg_1 or Code.Ldarg_2 or Code.Ldarg_3:
            case Code.Ldloc or Code.Ldloc_S or Code.Ldloc_0 or Code.Ldloc_1 or Code.Ldloc_2 or Code.Ldloc_3:
                int variable = _variables.VariableOf(instruction);
                return _variables.AddressTaken[variable] || !state.Follows(variable) ? null : state.Variables[variable];
            case Code.Dup:
                return state.Peek(0);
            case >= Code.Ldc_I4_M1 and <= Code.Ldc_I4:
                return Term.Number(Interval.Of(Constants.Of(instruction)!.Value));
            case Code.Ldc_I8 when (long)instruction.Operand is > -(1L << 48) and < 1L << 48:
                return Term.Number(Interval.Of((long)instruction.Operand));
            case Code.Sizeof:
                return Term.Number(StructureSizes.Of((TypeReference)instruction.Operand));
            case >= Code.Add and <= Code.Shr_Un:
            case >= Code.Add_Ovf and <= Code.Sub_Ovf_Un:
                return Binary(instruction.OpCode.Code, state, frame);
            case Code.Neg or Code.Not when frame.Peek(0).Kind == StackKind.Int32 && !state.Peek(0).IsKnown:
                return Term.Unknown;
            case Code.Conv_I or Code.Conv_I8 or Code.Conv_U or Code.Conv_U8 when IsWide(frame.Peek(0).Kind):
                return state.Peek(0);
            case Code.Conv_I or Code.Conv_I8 when frame.Peek(0).Kind == StackKind.Int32:
                return NumberRules.Widened(state.Peek(0), isSigned: true);
            case Code.Conv_U or Code.Conv_U8 when frame.Peek(0).Kind == StackKind.Int32:
                return NumberRules.Widened(state.Peek(0), isSigned: false);
            case Code.Conv_I4 or Code.Conv_U4 when frame.Peek(0).Kind == StackKind.Int32:
                return state.Peek(0);
            case Code.Ldind_U1:
                return Term.Number(new Interval(0, byte.MaxValue));
            case Code.Ldind_U2:
                return Term.Number(new Interval(0, ushort.MaxValue));
            case Code.Ldflda when frame.Peek(0).Kind == StackKind.NativeInt:
                Term container = state.Peek(0);
                return Interval.Add(container.Offset, Reach.OfField) is { } offset && container.IsKnown ? container with { Offset = offset } : null;
            default:
                return null;
        }
    }

    /// <summary>Of 32 bits that may have grown beyond them nothing is known, nor of what is computed from them.</summary>
    private static Term? Binary(Code opcode, DisplacementState state, FrameState frame)
    {
        StackKind a = frame.Peek(1).Kind;
        StackKind b = frame.Peek(0).Kind;
        bool isInteger = IsInteger(a) && IsInteger(b);
        if (!isInteger)
        {
            return null;
        }

        StackKind result = opcode is Code.Shl or Code.Shr_Un || a == b ? a : StackKind.NativeInt;
        (Term first, Term second) = (state.Peek(1), state.Peek(0));
        bool mayHaveGrown = (a == StackKind.Int32 && !first.IsKnown) || (b == StackKind.Int32 && !second.IsKnown);
        if (mayHaveGrown && result == StackKind.Int32)
        {
            return NumberRules.MayBeWidened(opcode) ? Term.Unknown : NumberRules.Binary(opcode, Known(first), Known(second), result);
        }

        bool isExtendedWithZeros = a != b && NumberRules.WidensWithZeros(opcode) && ((a == StackKind.Int32 && first.Offset.Low < 0) || (b == StackKind.Int32 && second.Offset.Low < 0));
        return isExtendedWithZeros ? null : NumberRules.Binary(opcode, first, second, result);
    }

    private static Term Known(Term term) => term.IsKnown ? term : Term.Number(Interval.Int32);

    private void Store(Instruction instruction, int index, DisplacementState state, FrameState frame)
    {
        if (instruction.OpCode.Code is not (Code.Starg or Code.Starg_S or Code.Stloc or Code.Stloc_S or Code.Stloc_0 or Code.Stloc_1 or Code.Stloc_2 or Code.Stloc_3))
        {
            return;
        }

        int variable = _variables.VariableOf(instruction);
        if (!state.Follows(variable))
        {
            return;
        }

        StackKind declared = _variables.OnEntry[variable].Kind;
        Term stored = state.Peek(0);
        bool fits = declared == frame.Peek(0).Kind || (IsWide(declared) && IsWide(frame.Peek(0).Kind));
        state.Variables[variable] = declared switch
        {
            // A variable of less than 32 bits cuts bits off.
            StackKind.Int32 => fits && stored.IsKnown ? (_variables.IsNarrow(variable) ? Term.Number(Interval.Int32) : stored) : Term.Unknown,
            _ when !IsWide(declared) => Term.Unknown,
            _ when !fits || !stored.IsKnown || _variables.AddressTaken[variable] => Term.Of(Symbols.Stored(index, variable)),

            // Nothing else has the symbol of what is held: a check makes only the variable new.
            _ => stored.IsNumber || (stored.Offset.IsConstant && !state.Held.Peek(0).IsHeld) ? stored : Renamed(stored, Symbols.Stored(index, variable), state),
        };
    }

    /// <summary>
    /// An address that is kept, and was computed with an offset that varies, becomes a starting point of its own: what is computed from the variable is displaced
    /// from it by a constant.
    /// </summary>
    private static Term Renamed(Term term, long symbol, DisplacementState state)
    {
        if (state.Near(term) is { } near)
        {
            state.Learn(symbol, near, state.BasisOf(term));
        }

        return Term.Of(symbol);
    }

    /// <summary>How many values an instruction pushes.</summary>
    public static int Pushed(Instruction instruction) => instruction.OpCode switch
    {
        { Code: Code.Dup } => 2,
        { FlowControl: FlowControl.Call, Code: not Code.Jmp } => CallShape.Of(instruction).ResultType is null ? 0 : 1,
        { StackBehaviourPush: StackBehaviour.Push0 } => 0,
        _ => 1,
    };

    private static bool IsWide(StackKind kind) => kind is StackKind.NativeInt or StackKind.Int64;

    private static bool IsInteger(StackKind kind) => kind == StackKind.Int32 || IsWide(kind);
}
