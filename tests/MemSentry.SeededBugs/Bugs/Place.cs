using Mono.Cecil;

namespace MemSentry.SeededBugs.Bugs;

/// <summary>A member of one of our own assemblies.</summary>
/// <param name="File">The assembly's file.</param>
/// <param name="Type">The type's name.</param>
/// <param name="Member">The member's name; that of a local function is enough.</param>
public sealed record Place(string File, string Type, string Member)
{
    /// <summary>Finds it.</summary>
    /// <exception cref="SeedException">There is none, or more than one.</exception>
    public MethodDefinition FindIn(ModuleDefinition module)
    {
        MethodDefinition[] found =
        [
            .. module.GetTypes().Where(t => t.Name == Type || IsInside(t)).SelectMany(t => t.Methods)
                .Where(m => m.HasBody && (m.Name == Member || m.Name.Contains($"g__{Member}|", StringComparison.Ordinal))),
        ];
        return found is [{ } single] ? single : throw new SeedException($"{File} has {found.Length} members {Type}::{Member}; a bug is made for exactly one.");
    }

    private bool IsInside(TypeDefinition type) => type.DeclaringType is { } outer && (outer.Name == Type || IsInside(outer));
}
