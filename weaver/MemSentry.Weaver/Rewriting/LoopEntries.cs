using MemSentry.Analysis.Loops;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting;

/// <summary>Puts code on the ways into loops: an edit of its own, because checks then have their places in that code.</summary>
internal static class LoopEntries
{
    public static void Add(IReadOnlyCollection<LoopEntry> entries, MethodDefinition method)
    {
        if (entries.Count == 0)
            return;

        var editor = new BodyEditor(method);
        foreach (LoopEntry entry in entries)
            Add(entry, editor);

        editor.Apply();
    }

    private static void Add(LoopEntry entry, BodyEditor editor)
    {
        if (entry.ReplacesBranch)
        {
            editor.InsertBefore(entry.After, [.. entry.Code]);
            editor.Remove(entry.After);
        }
        else
        {
            editor.InsertAfter(entry.After, entry.Code);
        }

        // The branch into an outer loop may lead to the one into an inner loop, which gives way to an entry itself.
        editor.Follow(entry.Code);
        foreach (Instruction branch in entry.Redirected)
            editor.Redirect(branch, entry.Code[0]);
    }
}
