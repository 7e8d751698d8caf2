using MemSentry.Analysis.Members;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Inspection;

/// <summary>
/// Finds the instructions of code that is not whitelisted by which whitelisted members are reached: those that name the member, and those that
/// name a base or interface member whose slot it fills. Reflection is invisible.
/// </summary>
internal static class WhitelistCallers
{
    /// <summary>The call sites of each whitelisted member, in order of token and offset.</summary>
    public static ILookup<MethodDefinition, CallSite> Find(ModuleDefinition module, IReadOnlyCollection<MethodDefinition> whitelist)
    {
        HashSet<MethodDefinition> trusted = [.. whitelist];
        ILookup<string, MethodDefinition> bySlot = whitelist
            .SelectMany(m => VirtualSlots.FilledBy(m).Select(slot => (Slot: slot, Method: m)))
            .ToLookup(p => p.Slot, p => p.Method);

        return (from method in module.GetTypes().SelectMany(t => t.Methods)
                where method.HasInstructions() && !trusted.Contains(method)
                orderby method.MetadataToken.ToUInt32()
                from instruction in method.Body.Instructions
                where instruction.Operand is MethodReference
                from reached in Reached((MethodReference)instruction.Operand, trusted, bySlot)
                select (reached.Method, Site: Site(method, instruction, reached.Through)))
            .ToLookup(p => p.Method, p => p.Site);
    }

    private static IEnumerable<(MethodDefinition Method, string? Through)> Reached(
        MethodReference named, HashSet<MethodDefinition> trusted, ILookup<string, MethodDefinition> bySlot)
    {
        MethodReference element = named.GetElementMethod();
        if (element.DeclaringType.Scope is ModuleDefinition && element.Resolve() is { } method && trusted.Contains(method))
            yield return (method, null);

        foreach (MethodDefinition filler in bySlot[VirtualSlots.KeyOf(element)])
            yield return (filler, MemberSignature.Of(element));
    }

    private static CallSite Site(MethodDefinition caller, Instruction instruction, string? through) => new(
        caller.MetadataToken.ToUInt32(), MemberSignature.WithReturnType(caller), instruction.Offset, instruction.OpCode.Name, through);
}
