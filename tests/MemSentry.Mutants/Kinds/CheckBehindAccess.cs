using MemSentry.Mutants.Sites;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Kinds;

/// <summary>The check comes after the access that it is for: it sees the very address, too late.</summary>
public sealed class CheckBehindAccess : IMemberMutationKind
{
    /// <inheritdoc/>
    public string Name => "check-behind-access";

    /// <inheritdoc/>
    public IEnumerable<MemberMutation> MutationsOf(MethodDefinition member) => CompareSite.In(member).Where(s => !s.IsOfVariable).Select(s => new MemberMutation(s, "", body => Move(s, body)));

    /// <summary>A copy of the address is kept and checked behind the access; behind a <c>ret</c> the check never runs.</summary>
    private static void Move(CompareSite site, MutableBody body)
    {
        VariableDefinition copy = body.AddNumber();
        Instruction[] check = [.. Enumerable.Range(0, site.Length).Select(i => site[i])];
        Instruction consumer = body.ConsumerOf(site);
        Instruction keep = Instruction.Create(OpCodes.Dup);
        body.InsertBehindBranches(site.Ok, keep, Instruction.Create(OpCodes.Conv_U), Instruction.Create(OpCodes.Stloc, copy));
        body.Remove(check, keep);

        Instruction end = Instruction.Create(OpCodes.Pop);
        check[5].Operand = end;
        body.InsertAfter(consumer.OpCode.FlowControl == FlowControl.Return ? body.Code[^1] : consumer, [Instruction.Create(OpCodes.Ldloc, copy), .. check, end]);
        if (consumer.OpCode.FlowControl == FlowControl.Return)
            body.Code.Add(Instruction.Create(OpCodes.Br, consumer));
    }
}
