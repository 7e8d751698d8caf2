using MemSentry.AccessTable;
using MemSentry.Mutants.Sites;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Equivalence;

/// <summary>Whether a check of a handle was one too many: a framework member made the handle just before, of operands that were checked, and it never lay in memory.</summary>
internal static class FreshHandle
{
    /// <summary>Asks about a check that is not broken yet.</summary>
    public static bool IsCheckedBy(Site site) =>
        site is BorderSite { Check.Name: "Handle", Dereferences: false }
        && site.Start > 0
        && site.Member.Body.Instructions[site.Start - 1] is { OpCode.Code: Code.Call or Code.Callvirt or Code.Newobj, Operand: MethodReference maker }
        && (ApiTable.Find(maker)?.Result.Kind == ResultKind.Handle);
}
