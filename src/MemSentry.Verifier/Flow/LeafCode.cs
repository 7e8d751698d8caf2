using MemSentry.AccessTable;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Flow;

/// <summary>
/// Calls behind which our registers are what they were. The framework's leaves are in the access table; a body of the module is a leaf if the JIT is told to put it into its
/// callers, and if it runs straight down to its end without anything that the runtime has to help with: of the types and members that a body can name, only its fields
/// where no static constructor belongs to them, the sizes of types and other leaves are such. The throw helper does not come back, and the runtime's checks, which get the name of the member as a string, write nowhere: they may be called.
/// </summary>
/// <param name="isThrow">Whether a call is one of the throw helper.</param>
internal sealed class LeafCode(Func<Instruction, bool> isThrow)
{
    private readonly Dictionary<MethodDefinition, bool> _known = [];

    /// <summary>Whether an instruction may run code that is not put in its place.</summary>
    public bool MayRunOther(Instruction instruction) => instruction.OpCode.Code switch
    {
        IL.Ldsfld or IL.Ldsflda or IL.Stsfld => !IsPlain((FieldReference)instruction.Operand),
        _ when DynamicCasts.Include(instruction) => true,
        _ => instruction.OpCode.FlowControl == FlowControl.Call && !isThrow(instruction) && !BorderChecks.IsCheck(instruction) && !IsCallOfLeaf(instruction),
    };

    /// <summary>Whether an instruction calls a leaf, of which the result may be what it was before an earlier call.</summary>
    public bool IsCallOfLeaf(Instruction instruction) => instruction.OpCode.Code is IL.Call or IL.Callvirt or IL.Newobj
        && ((instruction.Operand is MethodReference callee && LeafMembers.Include(callee)) || (instruction is { OpCode.Code: not IL.Newobj, Operand: MethodDefinition body } && Include(body)));

    private bool Include(MethodDefinition body)
    {
        if (!_known.TryGetValue(body, out bool isLeaf))
        {
            // Until it is known, and so for its calls of itself, it is none.
            _known.Add(body, false);
            _known[body] = isLeaf = body.AggressiveInlining && !body.NoInlining && !body.NoOptimization && !body.IsSynchronized && IsPlain(body)
                && body.HasCode() && !body.Body.HasExceptionHandlers && body.Body.Instructions.All(IsHarmless);
        }

        return isLeaf;
    }

    /// <summary>Whether there is one body only, and no static constructor that its call may run.</summary>
    private static bool IsPlain(MethodDefinition body) => !body.IsVirtual && !body.HasGenericParameters && body.CallingConvention == MethodCallingConvention.Default
        && !body.DeclaringType.HasGenericParameters && (body.DeclaringType.IsBeforeFieldInit || !HasConstructor(body.DeclaringType));

    /// <summary>Whether a field lies where it lies from the start, and no static constructor belongs to it.</summary>
    private static bool IsPlain(FieldReference field) => LeafMembers.Include(field)
        || (field is FieldDefinition { DeclaringType: var type } own && !type.HasGenericParameters && !HasConstructor(type)
            && own.CustomAttributes.All(a => a.AttributeType.Name != "ThreadStaticAttribute"));

    private static bool HasConstructor(TypeDefinition type) => type.Methods.Any(m => m.IsStatic && m.IsConstructor);

    private bool IsHarmless(Instruction instruction) => instruction.OpCode.OperandType switch
    {
        OperandType.InlineNone => instruction.OpCode.FlowControl is FlowControl.Next or FlowControl.Return or FlowControl.Meta
            && instruction.OpCode.Code is not (IL.Localloc or IL.Cpblk or IL.Initblk or IL.Arglist or IL.Refanytype or IL.Tail or IL.Rem or IL.Rem_Un or IL.Ckfinite)
            && instruction.OpCode.Code is not (IL.Ldelem_Ref or IL.Stelem_Ref or IL.Stind_Ref or IL.Endfinally or IL.Endfilter),
        OperandType.ShortInlineBrTarget or OperandType.InlineBrTarget => instruction.OpCode.Code is not (IL.Leave or IL.Leave_S) && IsBehind((Instruction)instruction.Operand, instruction),
        OperandType.InlineSwitch => ((Instruction[])instruction.Operand).All(t => IsBehind(t, instruction)),
        OperandType.InlineField => instruction.OpCode.Code is IL.Ldfld or IL.Ldflda or IL.Stfld || (instruction.OpCode.Code is IL.Ldsfld or IL.Ldsflda or IL.Stsfld && IsPlain((FieldReference)instruction.Operand)),
        OperandType.InlineType => instruction.OpCode.Code == IL.Sizeof,
        OperandType.InlineMethod => isThrow(instruction) || BorderChecks.IsCheck(instruction) || IsCallOfLeaf(instruction),
        OperandType.InlineTok or OperandType.InlineSig => false,
        _ => true,
    };

    private static bool IsBehind(Instruction target, Instruction branch) => target.Offset > branch.Offset;
}
