using MemSentry.AccessTable;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Provenance;

namespace MemSentry.Weaver.Inspection;

/// <summary>
/// One address operand of one instruction, and what a weave does about it. Loads and stores are accesses: <c>ldind</c>, <c>stind</c>, <c>ldobj</c>,
/// <c>stobj</c>, <c>cpobj</c>, <c>initobj</c>, <c>cpblk</c>, <c>initblk</c>, and <c>ldfld</c> and <c>stfld</c> unless they look into an object or a
/// value on the stack. <c>ldflda</c> computes an address and accesses nothing. Conversions and escapes are listed with their kind. Code that no
/// path reaches never runs and has no sites.
/// </summary>
/// <param name="Token">The member's metadata token.</param>
/// <param name="Member">The member as the trust list writes it.</param>
/// <param name="Offset">The instruction's IL offset in the input, in bytes.</param>
/// <param name="Opcode">The instruction's opcode as ECMA-335 writes it.</param>
/// <param name="Kind">What the instruction does with the operand.</param>
/// <param name="Operand">The operand's position on the stack before the instruction, 0 being the top.</param>
/// <param name="Decision">What is done about it.</param>
/// <param name="Reason">Where the operand comes from.</param>
public sealed record AccessSite(
    uint Token, string Member, int Offset, string Opcode, AccessKind Kind, int Operand, AccessVerdict Decision, AddressOrigin Reason)
{
    internal static IEnumerable<AccessSite> Of(MemberPlan plan)
    {
        uint token = plan.Method.MetadataToken.ToUInt32();
        string member = MemberSignature.WithReturnType(plan.Method);
        return plan.Decisions.Select(d => new AccessSite(token, member, d.Offset, d.Instruction.OpCode.Name, d.Kind, d.Depth, d.Verdict, d.Origin));
    }
}
