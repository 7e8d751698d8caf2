using MemSentry.Analysis.Members;
using MemSentry.Analysis.Stack;
using MemSentry.Analysis.Trust;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Provenance;

/// <summary>
/// Looks for ways in which the contents of a structure with references inside, to which the member holds a reference, could be replaced without a store
/// that names the structure's type: through a pointer or a reference of another type, or by whitelisted code, which handles addresses in safe regions.
/// </summary>
internal sealed class ContentsExposure(StackTypes types, WhitelistReach whitelist)
{
    /// <summary>Whether an instruction opens such a way.</summary>
    public bool IsOpenedBy(Instruction instruction, MemberVariables variables, FrameState before) => Opens(instruction, variables, before, Leads);

    /// <summary>
    /// Whether an instruction opens such a way to a structure that is not the member's own. Whoever lent it goes on believing what it holds, so no second
    /// look at this member would help.
    /// </summary>
    public bool IsOpenedToLent(Instruction instruction, MemberVariables variables, FrameState before) => Opens(instruction, variables, before, LeadsToLent);

    /// <summary>Whether a call may hand the member a reference to somebody else's structure.</summary>
    public bool MayBeLentBy(Instruction instruction) =>
        instruction.OpCode.FlowControl == FlowControl.Call
        && ((IMethodSignature)instruction.Operand).ReturnType is ByReferenceType
        && CallShape.Of(instruction).ResultType is ByReferenceType { ElementType: var lent }
        && types.Holders.Include(lent);

    private bool Opens(Instruction instruction, MemberVariables variables, FrameState before, Func<StackValue, bool> leads) => instruction.OpCode.Code switch
    {
        Code.Conv_I or Code.Conv_U or Code.Conv_I8 or Code.Conv_U8 or Code.Conv_Ovf_I or Code.Conv_Ovf_U or Code.Conv_Ovf_I_Un or Code.Conv_Ovf_U_Un
            or Code.Conv_Ovf_I8 or Code.Conv_Ovf_U8 or Code.Conv_Ovf_I8_Un or Code.Conv_Ovf_U8_Un => leads(before.Peek(0)),
        Code.Add or Code.Sub or Code.Add_Ovf or Code.Add_Ovf_Un or Code.Sub_Ovf or Code.Sub_Ovf_Un or Code.And or Code.Or or Code.Xor
            or Code.Mul or Code.Mul_Ovf or Code.Mul_Ovf_Un or Code.Div or Code.Div_Un or Code.Rem or Code.Rem_Un or Code.Shl or Code.Shr or Code.Shr_Un
            => leads(before.Peek(0)) || leads(before.Peek(1)),
        Code.Neg or Code.Not => leads(before.Peek(0)),
        Code.Stloc or Code.Stloc_S or Code.Stloc_0 or Code.Stloc_1 or Code.Stloc_2 or Code.Stloc_3 or Code.Starg or Code.Starg_S =>
            variables.OnEntry[variables.VariableOf(instruction)] is var stored
            && (stored.Kind == StackKind.NativeInt ? leads(before.Peek(0)) : stored.Kind == StackKind.Reference && Elsewhere(before.Peek(0), leads, stored.Type!)),
        Code.Stind_I or Code.Stind_I1 or Code.Stind_I2 or Code.Stind_I4 or Code.Stind_I8 or Code.Stind_R4 or Code.Stind_R8 or Code.Stind_Ref =>
            leads(before.Peek(0)) || leads(before.Peek(1)),
        Code.Stsfld or Code.Stelem_I or Code.Stelem_I8 or Code.Stelem_Any => leads(before.Peek(0)),
        Code.Stobj or Code.Cpobj => Elsewhere(before.Peek(1), leads, (TypeReference)instruction.Operand),
        Code.Stfld when FieldRules.TypeOf((FieldReference)instruction.Operand) is not ByReferenceType && leads(before.Peek(0)) => true,
        Code.Ret => before.Depth > 0 && !variables.ReturnsReference && leads(before.Peek(0)),
        Code.Stfld => before.Peek(1).Kind == StackKind.Reference && Elsewhere(before.Peek(1), leads, ((FieldReference)instruction.Operand).DeclaringType),
        Code.Ldflda => Elsewhere(before.Peek(0), leads, ((FieldReference)instruction.Operand).DeclaringType),
        Code.Initobj => Elsewhere(before.Peek(0), leads, (TypeReference)instruction.Operand),
        Code.Cpblk or Code.Initblk => leads(before.Peek(2)),
        Code.Call or Code.Callvirt or Code.Newobj or Code.Calli => IsOpenedByCall(CallShape.Of(instruction), before, leads),
        _ => false,
    };

    private bool IsOpenedByCall(CallShape call, FrameState before, Func<StackValue, bool> leads)
    {
        bool reinterprets = call.Callee?.DeclaringType is { FullName: "System.Runtime.CompilerServices.Unsafe" } && !OnlyLooks(call.Callee.Name);
        bool mayBeWhitelisted = call.Callee is null ? whitelist.IndirectCallsMayReturnStructures : whitelist.MayRun(call.Callee);
        for (int i = 0; i < call.Signature.Parameters.Count; i++)
        {
            StackValue operand = before.Peek(call.DepthOf(i));
            TypeReference? referred = (StackTypes.WithoutModifiers(call.ParameterType(i)) as ByReferenceType)?.ElementType;
            bool isReplaced = referred is null || reinterprets || (mayBeWhitelisted && ReferenceHolders.IsSpan(referred)) || !TypeIdentity.Same(operand.Type, referred);
            if (isReplaced && leads(operand))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Members of <c>Unsafe</c> that compare references, or do nothing.</summary>
    private static bool OnlyLooks(string member) =>
        member is "SkipInit" or "AreSame" or "IsNullRef" or "ByteOffset"
            or "IsAddressGreaterThan" or "IsAddressGreaterThanOrEqualTo" or "IsAddressLessThan" or "IsAddressLessThanOrEqualTo";

    /// <summary>Whether a reference leads, or might lead, to a structure with references inside.</summary>
    private bool Leads(StackValue value) => value.Kind == StackKind.Reference && (value.Type is null || types.Holders.Include(value.Type));

    /// <summary>The address of a variable, and only that, leads to a structure of the member's own for sure.</summary>
    private bool LeadsToLent(StackValue value) => Leads(value) && value.Origin is not (AddressOrigin.LocalVariable or AddressOrigin.Argument);

    private static bool Elsewhere(StackValue value, Func<StackValue, bool> leads, TypeReference written) => leads(value) && !TypeIdentity.Same(value.Type, written);
}
