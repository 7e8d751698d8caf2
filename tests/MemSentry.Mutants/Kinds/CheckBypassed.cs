using MemSentry.Mutants.Sites;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Kinds;

/// <summary>One path leads around the check: a branch of any kind, or the first round of the loop that it lies in.</summary>
public sealed class CheckBypassed : IMemberMutationKind
{
    /// <inheritdoc/>
    public string Name => "check-bypassed";

    /// <inheritdoc/>
    public IEnumerable<MemberMutation> MutationsOf(MethodDefinition member) => CompareSite.In(member).SelectMany(InCompare);

    private static IEnumerable<MemberMutation> InCompare(CompareSite site)
    {
        yield return new(site, "branch", body => body.InsertBefore(
            site[0], Instruction.Create(OpCodes.Ldloc, body.AddNumber()), Instruction.Create(OpCodes.Brfalse, site.Ok)));
        if (IsInLoop(site))
            yield return new(site, "loop entry", body => BypassOnce(site, body));
    }

    private static void BypassOnce(CompareSite site, MutableBody body)
    {
        VariableDefinition again = body.AddFlag();
        body.InsertBefore(
            site[0],
            Instruction.Create(OpCodes.Ldloc, again),
            Instruction.Create(OpCodes.Ldc_I4_1),
            Instruction.Create(OpCodes.Stloc, again),
            Instruction.Create(OpCodes.Brfalse, site.Ok));
    }

    private static bool IsInLoop(CompareSite site) =>
        site.Member.Body.Instructions.Skip(site.End).Any(i => i.Operand is Instruction target && target.Offset <= site.Offset);
}
