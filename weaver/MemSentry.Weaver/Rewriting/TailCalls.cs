using MemSentry.Analysis.Planning;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting;

/// <summary>
/// A call with the prefix <c>tail.</c> must be followed by <c>ret</c> at once, or the JIT refuses the body (ECMA-335 III.2.4). Where the reference
/// that such a call returns is checked, the check needs that place, and the call becomes an ordinary one: the same result, one frame more.
/// </summary>
internal static class TailCalls
{
    /// <summary>The prefixes that have to go because a check goes between their call and its <c>ret</c>.</summary>
    public static IEnumerable<Instruction> LosingTheirPlace(MemberPlan plan) =>
        from check in plan.Checks
        where check.Target.OpCode.Code == Code.Ret && check.Target.Previous is { OpCode.FlowControl: FlowControl.Call }
        let prefix = TailPrefixOf(check.Target.Previous)
        where prefix is not null
        select prefix;

    private static Instruction? TailPrefixOf(Instruction call)
    {
        Instruction? prefix = call.Previous;
        while (prefix is { OpCode.OpCodeType: OpCodeType.Prefix } && prefix.OpCode.Code != Code.Tail)
            prefix = prefix.Previous;

        return prefix is { OpCode.Code: Code.Tail } ? prefix : null;
    }
}
