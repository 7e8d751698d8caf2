using MemSentry.Analysis.Members;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting;

/// <summary>
/// Sees to it that the stack size in a body's header suffices. Cecil computes it anew whenever it writes a body, by walking the
/// instructions from first to last and taking the stack for empty behind every unconditional branch. A block behind such a branch that is
/// entered from further down only, with operands on the stack, then counts too low, and the JIT refuses the body. The size itself cannot
/// be set, so such a body (no compiler of today makes one) gets unreachable code at its end that brings Cecil's walk to the true depth.
/// </summary>
internal static class StackReserve
{
    /// <summary>
    /// Looks after every body that is looked at: to be read by the planner is enough for a body to be computed anew.
    /// </summary>
    public static void EnsureAll(ModuleMembers members)
    {
        foreach (MethodDefinition method in members.Unsettled)
        {
            if (method.Body.Instructions.Count > 0)
                Ensure(method.Body);
        }
    }

    /// <summary>Appends the unreachable code if the body needs it.</summary>
    public static void Ensure(MethodBody body)
    {
        (int computed, int atEnd, bool carriesBack) = StackWalk.AsCecilComputes(body);
        if (!carriesBack)
            return;

        int needed = StackWalk.MaximumOverPaths(body);
        if (computed >= needed)
            return;

        var reserve = new List<Instruction>();
        for (int depth = atEnd; depth < needed - 1; depth++)
            reserve.Add(CompactInstruction.LoadInt32(0));
        reserve.Add(Instruction.Create(OpCodes.Ldnull));
        reserve.Add(Instruction.Create(OpCodes.Throw));

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            // "Up to the end of the body" must not grow.
            handler.TryEnd ??= reserve[0];
            handler.HandlerEnd ??= reserve[0];
        }

        foreach (Instruction instruction in reserve)
            body.Instructions.Add(instruction);
        BodyOffsets.Compute(body);
    }
}
