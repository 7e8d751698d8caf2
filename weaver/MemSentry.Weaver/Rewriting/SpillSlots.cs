using MemSentry.Analysis.Stack;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting;

/// <summary>
/// Local variables that hold the operands above a checked one. The checks of a body share them: one check has put its operands back before
/// the next one starts.
/// </summary>
internal sealed class SpillSlots(BodyEditor editor)
{
    private readonly Dictionary<string, List<VariableDefinition>> _byType = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);

    /// <summary>A variable that nothing else of the current check uses.</summary>
    public VariableDefinition Take(TypeReference type)
    {
        string key = TypeIdentity.Of(type);
        if (!_byType.TryGetValue(key, out List<VariableDefinition>? slots))
            _byType.Add(key, slots = []);

        int taken = _taken.GetValueOrDefault(key);
        if (taken == slots.Count)
            slots.Add(editor.AddLocal(type));

        _taken[key] = taken + 1;
        return slots[taken];
    }

    /// <summary>Gives all variables back.</summary>
    public void ReleaseAll() => _taken.Clear();
}
