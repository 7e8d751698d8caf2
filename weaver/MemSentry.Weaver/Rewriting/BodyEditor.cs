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
    private readonly Dictionary<Instruction, IReadOnlyList<Instruction>> _successors = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Instruction, Instruction> _redirections = new(ReferenceEqualityComparer.Instance);
    private readonly List<Instruction> _followers = [];
    private readonly List<Instruction> _prologue = [];

    /// <summary>The member whose body is edited.</summary>
    public MethodDefinition Method => method;

    /// <summary>Puts code before an instruction and its prefixes. Whatever led to the instruction will lead to the code.</summary>
    /// <param name="target">The instruction.</param>
    /// <param name="code">The code, which belongs to the editor from now on.</param>
    public void InsertBefore(Instruction target, List<Instruction> code)
    {
        if (code.Count == 0)
            return;

        Instruction anchor = PrefixChain.FirstOf(target);
        if (!_insertions.TryAdd(anchor, code))
            _insertions[anchor].AddRange(code);
    }

    /// <summary>Puts code behind an instruction: control runs into it from there, and nothing else leads to it.</summary>
    public void InsertAfter(Instruction instruction, IReadOnlyList<Instruction> code) => _successors.Add(instruction, code);

    /// <summary>Lets the branches of inserted code go where those of the input go that lead to the same instructions.</summary>
    public void Follow(IEnumerable<Instruction> code) => _followers.AddRange(code);

    /// <summary>Leads a branch, and only this one, to code that is inserted.</summary>
    public void Redirect(Instruction branch, Instruction target) => _redirections.Add(branch, target);

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
        MovedReferences moved = Moves(input);
        var positions = new DebugPositions(input, moved);

        BranchTargets.Move(input.Concat(_followers), moved);
        foreach ((Instruction branch, Instruction target) in _redirections)
            branch.Operand = target;

        HandlerBoundaries.Move(body, moved);
        positions.Move(method);
        Replace(body, Arrange(input));
        BranchWidths.Fit(body);
    }

    /// <summary>What leads elsewhere now, found from the last instruction to the first, so that "the next one" is known already.</summary>
    private MovedReferences Moves(Instruction[] input)
    {
        var moved = new MovedReferences(_insertions.Count + _removals.Count);
        Instruction? next = null;
        for (int i = input.Length - 1; i >= 0; i--)
        {
            Instruction instruction = input[i];
            if (!_removals.Contains(instruction))
                next = instruction;
            if (_insertions.TryGetValue(instruction, out List<Instruction>? code))
                next = code[0];

            if (next is null)
                throw new InvalidOperationException($"The last instruction of {MemberSignature.Of(method)} cannot be removed.");
            if (next != instruction)
                moved.Add(instruction, next);
        }

        return moved;
    }

    /// <summary>The new order of instructions.</summary>
    private List<Instruction> Arrange(Instruction[] input)
    {
        var output = new List<Instruction>(_prologue.Count + input.Length + _insertions.Values.Sum(code => code.Count));
        output.AddRange(_prologue);
        foreach (Instruction instruction in input)
        {
            if (_insertions.TryGetValue(instruction, out List<Instruction>? code))
                output.AddRange(code);
            if (!_removals.Contains(instruction))
                output.Add(instruction);
            if (_successors.TryGetValue(instruction, out IReadOnlyList<Instruction>? successors))
                output.AddRange(successors);
        }

        return output;
    }

    private static void Replace(MethodBody body, List<Instruction> output)
    {
        body.Instructions.Clear();
        body.Instructions.Capacity = Math.Max(body.Instructions.Capacity, output.Count);
        foreach (Instruction instruction in output)
            body.Instructions.Add(instruction);

        // Cecil links neighbours when it adds them, but keeps old links at the ends.
        output[0].Previous = null;
        output[^1].Next = null;
    }
}
