using MemSentry.Analysis.Members;
using MemSentry.Analysis.Planning;
using MemSentry.Weaver.Rewriting;
using Mono.Cecil;

namespace MemSentry.Weaver.Writing;

/// <summary>
/// Lets bodies that a weave did not change be copied byte by byte. Cecil encodes every body anew that anybody has looked at, header and
/// handler table included; a body that it has not read, it copies and renews the metadata tokens in it. Only for modules that nobody
/// else edits: the body is forgotten and read again from the image if need be.
/// </summary>
internal static class UntouchedBodies
{
    /// <summary>Makes Cecil forget every body but those that the plan changed, the initialiser's, and new ones.</summary>
    public static void Forget(ModuleMembers members, ModulePlan plan)
    {
        HashSet<MethodDefinition> changed = [.. plan.Members.Where(m => !m.IsEmpty).Select(m => m.Method)];
        if (ModuleInitializer.Find(members.Module) is { } initializer)
            changed.Add(initializer);

        foreach (MethodDefinition method in members.Unsettled)
        {
            if (method.RVA == 0 || changed.Contains(method))
                continue;

            // The debug information goes with the body; Cecil reads it again while it writes, with the offsets of the image.
            method.Body = null;
        }
    }
}
