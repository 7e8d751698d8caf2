using MemSentry.Analysis.Dataflow;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Mutants.Sites;
using MemSentry.Weaver.Rewriting;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Equivalence;

/// <summary>
/// Which values are checked? A forward problem of its own, kept simple and blunt: it knows compares and checks of ranges by their exact instructions, follows
/// values only through variables and <c>dup</c>, and forgets at calls and handlers what an attacker could change there. It shares nothing with the
/// verifier, whose word it is to confirm.
/// </summary>
internal sealed class CheckedProblem : IForwardProblem<CheckedState>
{
    private readonly CilMember _member;
    private readonly ValueNames _names;
    private readonly PointerTrust _trust;
    private readonly HashSet<Instruction> _compares = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Instruction> _ranges = new(ReferenceEqualityComparer.Instance);

    public CheckedProblem(CilMember member, PointerTrust trust)
    {
        _member = member;
        _trust = trust;
        _names = new ValueNames(member);
        MethodDefinition method = member.Body.Method;
        _compares.UnionWith(CompareSite.In(method).Select(s => s[0]));
        _ranges.UnionWith(BorderSite.In(method).Where(s => s.Measures && s.Check.Name is "Range" or "SignedRange").Select(s => s[0]));
    }

    public CheckedState AtEntry() => new(_names.OfVariables);

    public CheckedState Copy(CheckedState state) => state.Copy();

    public void Transfer(int instruction, CheckedState state)
    {
        Instruction code = _member[instruction];
        NameTop(instruction, state);
        if (_ranges.Contains(code) && _names.VariableOf(code) is { } address)
            state.Check(state.Variable(address));

        if (code.OpCode.Code == Code.Dup)
            state.Push(state.Peek(0));
        else if (_names.IsStore(code) && _names.VariableOf(code) is { } target)
            state.Store(target, state.Pop());
        else if (_names.IsLoad(code) && _names.VariableOf(code) is { } source && !_names.IsShared(source))
            Load(instruction, source, state);
        else
            Make(instruction, code, state);
        if (_compares.Contains(code))
            state.Check(state.Peek(0));
    }

    /// <summary>The value of the variable that an instruction loads.</summary>
    public int ValueOf(Instruction load, CheckedState state) => _names.VariableOf(load) is { } variable ? state.Variable(variable) : 0;

    /// <summary>A value that nothing is known of gets a name, so that it is known to be the same afterwards.</summary>
    public void NameTop(int instruction, CheckedState state)
    {
        if (state.Depth == 0 || state.Peek(0) != 0)
            return;

        int value = _names.Before(instruction);
        state.Pop();
        state.Remake(value);
        state.Push(value);
    }

    public bool MattersToHandlers(int instruction) => _names.IsStore(_member[instruction]);

    public CheckedState EnterHandler(CheckedState raised, bool pushesException)
    {
        CheckedState state = raised.Copy();
        state.ClearStack();
        state.KeepOnly(_names.IsForReferences, _names.IsReference);
        if (pushesException)
            state.Push(0);
        return state;
    }

    public void ClearStack(CheckedState state) => state.ClearStack();

    public bool Join(CheckedState into, CheckedState from) => into.Join(from);

    /// <inheritdoc cref="NameTop"/>
    private void Load(int instruction, int variable, CheckedState state)
    {
        int value = state.Variable(variable);
        if (value == 0)
        {
            state.Remake(value = _names.Of(instruction));
            state.Store(variable, value);
        }

        state.Push(value);
    }

    private void Make(int instruction, Instruction code, CheckedState state)
    {
        int pushed = Pushed(code);
        int popped = state.Depth + pushed - StackEffect.DepthAfter(code, state.Depth);
        Descent descent = Descents.Of(code, state);
        for (int i = 0; i < popped; i++)
            state.Pop();
        if (IsCall(code) && _trust != PointerTrust.Frame)
            state.KeepOnly(_names.IsForReferences, _names.IsReference);

        int value = _names.Of(instruction);
        state.Remake(value);
        if (descent == Descent.Same)
            state.Check(value);
        else if (descent == Descent.Displaced)
            state.Displace(value);
        for (int i = 0; i < pushed; i++)
            state.Push(i == 0 ? value : 0);
    }

    private static bool IsCall(Instruction code) =>
        (code.OpCode.FlowControl == FlowControl.Call || code.OpCode.Code is Code.Ldsfld or Code.Ldsflda or Code.Stsfld)
        && code.Operand is not MethodReference { DeclaringType.Name: "<MemSentry>" or "BorderCheck" };

    private static int Pushed(Instruction code) => code.OpCode.StackBehaviourPush switch
    {
        StackBehaviour.Push0 => 0,
        StackBehaviour.Varpush when code.Operand is IMethodSignature signature => signature.ReturnType.MetadataType == MetadataType.Void ? 0 : 1,
        _ => 1,
    };
}
