using MemSentry.AccessTable;
using MemSentry.Verifier.Facts;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Windows;

/// <summary>Proves one twin: nobody gets in unasked, and nobody else's code runs while its window is open.</summary>
internal sealed class TwinProof(Gate gate, IReadOnlyDictionary<MethodDefinition, Gate> gates, CalleeRule callees)
{
    private readonly MethodDefinition _twin = gate.Twin;

    /// <summary>The gaps in the proof.</summary>
    public IEnumerable<Finding> Gaps()
    {
        if (Entry() is { } wrong)
            yield return Gap(VerifierCode.TwinExposed, wrong, null);

        foreach (Instruction instruction in _twin.Body.Instructions)
        {
            if (Switch(instruction) is { } reason)
                yield return Gap(VerifierCode.TwinExposed, reason, instruction);
        }

        // The stub that the assertion asks runs nobody's code.
        foreach (Instruction instruction in new TwinFlow(_twin.Body).WhereOpen.Except(_twin.Body.Instructions.Take(gate.ByKey ? StubCall.Length : 0)))
        {
            if (Callee(instruction) is { } called && !gate.Opens.Includes(called.Opens))
                yield return Gap(VerifierCode.TwinExposed, "It runs the body of a member that needs another window", instruction);
            else if (LeavesOpen(instruction))
                yield return Gap(VerifierCode.WindowLeftOpen, "Code that is not trusted may run here while the window is open", instruction);
        }
    }

    private string? Entry()
    {
        if (!(_twin.IsPrivate || _twin.IsAssembly) || _twin.IsVirtual || _twin.HasOverrides || (_twin.ImplAttributes & MethodImplAttributes.NoInlining) == 0)
            return "The body of a gate must be private or internal, not virtual, and must not be inlined";

        int asked = gate.ByKey ? StubCall.Length : 0;
        Instruction[] first = [.. _twin.Body.Instructions.Take(asked + 3)];
        bool asserts = first.Length == asked + 3 && WindowCall.Is(first[^1], gate.ByKey ? "RequireKey" : "Require")
            && (!gate.ByKey || StubCall.Is(first[0], gate.Opens.Domain, gate.Opens.Rights == 2 ? GateEntry.MayWrite : GateEntry.MayRead))
            && WindowCall.Constant(first[^3]) == gate.Opens.Domain && WindowCall.Constant(first[^2]) == gate.Opens.Rights
            && !_twin.Body.ExceptionHandlers.Any(h => first.Contains(h.TryStart)) && !IsTarget(first);
        return asserts ? null : "It does not assert first of all that its gate has opened";
    }

    /// <summary>Whether a branch leads behind the first of some instructions, and so past what they assert.</summary>
    private bool IsTarget(Instruction[] first) => _twin.Body.Instructions.Any(i =>
        i.Operand is Instruction target && first.Contains(target) || i.Operand is Instruction[] targets && targets.Any(first.Contains));

    /// <summary>A switch names the twin's own frame: one variable whose address goes nowhere else, or an exception.</summary>
    private string? Switch(Instruction instruction) => WindowCall.NameOf(instruction) switch
    {
        null => FrameGoesElsewhere(instruction) ? "The variable that stands for its frame is used otherwise" : null,
        "Suspend" when instruction.Previous is { OpCode.Code: Code.Conv_U, Previous: { } pushed } && (WindowCall.Constant(pushed) == 1 || pushed.Operand == Frame) => null,
        "Resume" when !gate.ByKey && instruction.Operand is MethodReference { Parameters.Count: 1 } && instruction.Previous is { OpCode.Code: Code.Conv_U, Previous: { } pushed } && pushed.Operand == Frame && Frame is not null => null,
        "Resume" when gate.ByKey && instruction.Previous is { OpCode.Code: Code.Conv_U, Previous: { } pushed } && pushed.Operand == Frame && Frame is not null
            && IsOpened(pushed.Previous) => null,
        "Require" when instruction.Previous?.Previous?.Previous is null => null,
        "RequireKey" when instruction == _twin.Body.Instructions.ElementAtOrDefault(StubCall.Length + 2) => null,
        string name => $"It calls {name} in another way than a body of a gate does",
    };

    /// <summary>Whether constants before a Resume name what the gate opens; a domain with a key opens by their word.</summary>
    private bool IsOpened(Instruction? rights) => rights is { Previous: { } domain } && ((MethodReference)rights.Next.Next.Next.Operand).Parameters.Count == 3
        && WindowCall.Constant(domain) == gate.Opens.Domain && WindowCall.Constant(rights) == gate.Opens.Rights;

    /// <summary>The variable whose address goes to the switches.</summary>
    private VariableDefinition? Frame => _twin.Body.Instructions
        .Where(i => WindowCall.NameOf(i) is "Suspend" or "Resume" && i.Previous?.Previous is { OpCode.Code: Code.Ldloca or Code.Ldloca_S })
        .Select(i => (VariableDefinition)i.Previous.Previous.Operand).FirstOrDefault();

    private bool FrameGoesElsewhere(Instruction instruction) =>
        instruction.Operand is VariableDefinition variable && variable == Frame && WindowCall.NameOf(instruction.Next.Next) is not ("Suspend" or "Resume");

    private Gate? Callee(Instruction instruction) =>
        instruction.OpCode.Code is Code.Call or Code.Callvirt && instruction.Operand is MethodReference callee && callee.DeclaringType is not ArrayType
            && callee.GetElementMethod().Resolve() is { } method ? gates.GetValueOrDefault(method) : null;

    private bool LeavesOpen(Instruction instruction) =>
        instruction.OpCode.Code is Code.Throw or Code.Rethrow or Code.Endfilter or Code.Jmp
        || (Callee(instruction) is null && callees.IsForeign(instruction));

    private Finding Gap(VerifierCode code, string reason, Instruction? at) => new(
        code, reason + "; weave the original assembly again.", MemberName.Of(_twin), at?.Offset, at?.OpCode.Name, SourcePositions.Of(_twin, at?.Offset ?? 0));
}
