using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Members;

/// <summary>Instructions that do more than compute and load: no check is moved past one of them.</summary>
internal static class Effects
{
    /// <summary>
    /// Whether what an instruction does can be seen elsewhere: calls, stores to memory, volatile accesses, static fields, whose class may be initialised, and casts that may ask the object.
    /// </summary>
    public static bool IsSeen(Instruction instruction) => instruction.OpCode switch
    {
        { FlowControl: FlowControl.Call } or { Code: Code.Volatile } => true,
        { Code: Code.Ldsfld or Code.Ldsflda or Code.Stsfld } => true,
        { Code: Code.Stfld or Code.Stobj or Code.Cpobj or Code.Initobj or Code.Cpblk or Code.Initblk } => true,
        { Code: >= Code.Stind_Ref and <= Code.Stind_R8 or Code.Stind_I } => true,
        { Code: >= Code.Stelem_I and <= Code.Stelem_Ref or Code.Stelem_Any } => true,
        _ => InterfaceQuestions.MayBeAskedBy(instruction),
    };

    /// <summary>Whether a handler of the same member can see it: stores to arguments and local variables.</summary>
    public static bool IsSeenByHandlers(Instruction instruction) =>
        instruction.OpCode.Code is Code.Starg or Code.Starg_S or Code.Stloc or Code.Stloc_S or Code.Stloc_0 or Code.Stloc_1 or Code.Stloc_2 or Code.Stloc_3;
}
