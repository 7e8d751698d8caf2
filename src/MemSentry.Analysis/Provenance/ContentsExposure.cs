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
    public bool IsOpenedBy(Instruction instruction, MemberVariables variables, FrameState before) => instruction.OpCode.Code switch
    {
        Code.Conv_I or Code.Conv_U or Code.Conv_I8 or Code.Conv_U8 or Code.Conv_Ovf_I or Code.Conv_Ovf_U or Code.Conv_Ovf_I_Un or Code.Conv_Ovf_U_Un
            or Code.Conv_Ovf_I8 or Code.Conv_Ovf_U8 or Code.Conv_Ovf_I8_Un or Code.Conv_Ovf_U8_Un => Leads(before.Peek(0)),
        Code.Add or Code.Sub or Code.Add_Ovf or Code.Add_Ovf_Un or Code.Sub_Ovf or Code.Sub_Ovf_Un => Leads(before.Peek(0)) || Leads(before.Peek(1)),
        Code.Stloc or Code.Stloc_S or Code.Stloc_0 or Code.Stloc_1 or Code.Stloc_2 or Code.Stloc_3 or Code.Starg or Code.Starg_S =>
            variables.OnEntry[variables.VariableOf(instruction)] is var stored
            && (stored.Kind == StackKind.NativeInt ? Leads(before.Peek(0)) : stored.Kind == StackKind.Reference && LeadsElsewhere(before.Peek(0), stored.Type!)),
        Code.Stind_I or Code.Stind_I1 or Code.Stind_I2 or Code.Stind_I4 or Code.Stind_I8 or Code.Stind_R4 or Code.Stind_R8 or Code.Stind_Ref =>
            Leads(before.Peek(1)),
        Code.Stobj or Code.Cpobj => LeadsElsewhere(before.Peek(1), (TypeReference)instruction.Operand),
        Code.Stfld => before.Peek(1).Kind == StackKind.Reference && LeadsElsewhere(before.Peek(1), ((FieldReference)instruction.Operand).DeclaringType),
        Code.Ldflda => LeadsElsewhere(before.Peek(0), ((FieldReference)instruction.Operand).DeclaringType),
        Code.Initobj => LeadsElsewhere(before.Peek(0), (TypeReference)instruction.Operand),
        Code.Cpblk or Code.Initblk => Leads(before.Peek(2)),
        Code.Call or Code.Callvirt or Code.Newobj or Code.Calli => IsOpenedByCall(CallShape.Of(instruction), before),
        _ => false,
    };

    private bool IsOpenedByCall(CallShape call, FrameState before)
    {
        bool reinterprets = call.Callee?.DeclaringType is { FullName: "System.Runtime.CompilerServices.Unsafe" } && call.Callee.Name is not ("SkipInit" or "AreSame" or "IsNullRef");
        bool mayBeWhitelisted = call.Callee is null ? whitelist.IndirectCallsMayReturnStructures : whitelist.MayRun(call.Callee);
        for (int i = 0; i < call.Signature.Parameters.Count; i++)
        {
            StackValue operand = before.Peek(call.DepthOf(i));
            TypeReference? referred = (StackTypes.WithoutModifiers(call.ParameterType(i)) as ByReferenceType)?.ElementType;
            bool isReplaced = referred is null || reinterprets || (mayBeWhitelisted && ReferenceHolders.IsSpan(referred)) || !TypeIdentity.Same(operand.Type, referred);
            if (isReplaced && Leads(operand))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a reference leads, or might lead, to a structure with references inside.</summary>
    private bool Leads(StackValue value) => value.Kind == StackKind.Reference && (value.Type is null || types.Holders.Include(value.Type));

    private bool LeadsElsewhere(StackValue value, TypeReference written) => Leads(value) && !TypeIdentity.Same(value.Type, written);
}
