using MemSentry.AccessTable;
using Mono.Cecil;

namespace MemSentry.Verifier.Proving;

/// <summary>
/// Native integers that members outside woven code take for the numbers they are, as the access table says with a reason for each. All others
/// may be followed like a pointer, as <c>GCHandle.FromIntPtr</c> does.
/// </summary>
internal static class NumberMembers
{
    /// <summary>Whether a parameter is a number to a member that the table knows; an indirect call may do anything.</summary>
    public static bool Include(MethodReference? callee, int parameter) =>
        callee is not null && ApiTable.Find(callee) is { } row && row.Operands.All(o => o.Index != parameter || o.Role == OperandRole.Exempt);
}
