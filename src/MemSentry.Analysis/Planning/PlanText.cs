using System.Globalization;
using System.Text;
using Mono.Cecil;

namespace MemSentry.Analysis.Planning;

/// <summary>The text form of a plan: one line an address operand, for golden files and for people.</summary>
public static class PlanText
{
    /// <summary>
    /// A member's decisions, for example <c>IL_0007 ldind.u1 [0] load checked: PointerParameter</c>; the number in brackets is the operand's
    /// depth on the stack. A check that is more than a compare has its form behind it: <c>newobj [1] conversion checked as range</c>.
    /// </summary>
    public static string Of(MemberPlan plan)
    {
        var text = new StringBuilder();
        text.Append(Name(plan.Method)).Append('\n');
        foreach (AccessDecision d in plan.Decisions)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"  IL_{d.Offset:x4} {d.Instruction.OpCode.Name} [{d.Depth}] {d.Kind.ToString().ToLowerInvariant()} {d.Verdict.ToString().ToLowerInvariant()}{By(d)}: {d.Origin}\n");
        }

        return text.ToString();
    }

    private static string By(AccessDecision decision) =>
        decision.Form is null or CheckForm.Compare or CheckForm.Mask or CheckForm.MaskedBase or CheckForm.MaskedCopy or CheckForm.Base or CheckForm.PushedBase ? "" : $" as {decision.Form.ToString()!.ToLowerInvariant()}";

    /// <summary>A member's name as messages show it: <c>Namespace.Type::Member</c>.</summary>
    public static string Name(MethodReference method) => $"{method.DeclaringType.FullName}::{method.Name}";
}
