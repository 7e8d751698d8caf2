using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting;

/// <summary>
/// The one door for changes to IL. Insertions and removals are collected, keyed by instructions of the input, and carried out once:
/// nobody ever looks at a half-edited body, and no instruction of the input is replaced, so that whatever refers to it (branches, switch
/// tables, handlers, sequence points, scopes, the state machine's tables) can be led to its new place in one pass each.
/// </summary>
internal sealed class BodyEditor(MethodDefinition method)
{
    private readonly Dictionary<Instruction, List<Instruction>> _insertions = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Instruction> _removals = new(ReferenceEqualityComparer.Instance);
    private readonly List<Instruction> _prologue = [];

    /// <summary>The member whose body is edited.</summary>
    public MethodDefinition Method => method;

    /// <summary>Puts code before an instruction and its prefixes. Whatever led to the instruction will lead to the code.</summary>
    public void InsertBefore(Instruction target, IEnumerable<Instruction> code)
    {
        Instruction anchor = PrefixChain.FirstOf(target);
        if (!_insertions.TryGetValue(anchor, out List<Instruction>? list))
            _insertions.Add(anchor, list = []);

        list.AddRange(code);
    }

    /// <summary>Takes an instruction out. Whatever led to it will lead to the next one.</summary>
    public void Remove(Instruction instruction) => _removals.Add(instruction);

    /// <summary>Puts code at the entry of the body: before its first instruction, outside of its loops and protected regions.</summary>
    public void InsertPrologue(IEnumerable<Instruction> code) => _prologue.AddRange(code);

    /// <summary>Adds a local variable. <c>InitLocals</c> stays as it is: our code stores before it loads.</summary>
    public VariableDefinition AddLocal(TypeReference type)
    {
        var local = new VariableDefinition(method.Module.ImportReference(type, method));
        method.Body.Variables.Add(local);
        return local;
    }

    /// <summary>Carries out what was collected.</summary>
    public void Apply()
    {
        MethodBody body = method.Body;
        BodyOffsets.Compute(body);
        Instruction[] input = [.. body.Instructions];

        List<Instruction> output = Arrange(input, out MovedReferences moved);
        var positions = new DebugPositions(input, moved);

        BranchTargets.Move(input, moved);
        HandlerBoundaries.Move(body, moved);
        positions.Move(method);
        Replace(body, output);
        BranchWidths.Fit(body);
    }

    /// <summary>The new order of instructions, made in one pass from the last to the first, so that "the next one" is known already.</summary>
    private List<Instruction> Arrange(Instruction[] input, out MovedReferences moved)
    {
        moved = new MovedReferences();
        var backwards = new List<Instruction>(input.Length + _prologue.Count);
        for (int i = input.Length - 1; i >= 0; i--)
        {
            Instruction instruction = input[i];
            if (!_removals.Contains(instruction))
                backwards.Add(instruction);

            if (_insertions.TryGetValue(instruction, out List<Instruction>? code))
                backwards.AddRange(Enumerable.Reverse(code));

            if (backwards.Count == 0)
                throw new InvalidOperationException($"The last instruction of {MemberSignature.Of(method)} cannot be removed.");

            if (backwards[^1] != instruction)
                moved.Add(instruction, backwards[^1]);
        }

        backwards.AddRange(Enumerable.Reverse(_prologue));
        backwards.Reverse();
        return backwards;
    }

    private static void Replace(MethodBody body, List<Instruction> output)
    {
        body.Instructions.Clear();
        foreach (Instruction instruction in output)
            body.Instructions.Add(instruction);

        // Cecil links neighbours when it adds them, but keeps old links at the ends.
        output[0].Previous = null;
        output[^1].Next = null;
    }
}
