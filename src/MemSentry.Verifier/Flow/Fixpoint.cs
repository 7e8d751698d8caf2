using MemSentry.AccessTable;
using MemSentry.Verifier.Values;
using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Flow;

/// <summary>
/// The frame before every instruction that may execute: the least solution, found by running straight-line pieces of code until no entry of
/// a piece gets any weaker.
/// <para>
/// Branches are followed; a passed compare with the block's number proves a value on its edge, and the throw helper has no successor. Exceptions are not
/// followed: on entry of a handler or filter, and behind a <c>finally</c>, a variable holds what <em>any</em> store in the member may have put
/// there, or what it held at the start, and no proof of a raw number is left. That covers every order in which the two passes of exception handling
/// run filters, handlers and cleanup (ECMA-335 I.12.4.2.5), including those no compiler makes.
/// </para>
/// </summary>
internal sealed class Fixpoint
{
    private readonly BodyCode _code;
    private readonly Variables _variables;
    private readonly Interpreter _interpreter;
    private readonly bool _callsKeepProofs;
    private readonly CallTargets _targets;
    private readonly Numbering _numbering = new();
    private readonly bool[] _isLeader;
    private readonly Frame?[] _entries;
    private readonly PriorityQueue<int, int> _pending = new();
    private readonly bool[] _isPending;
    private readonly Value[] _stored;
    private readonly HashSet<Clause> _entered = [];
    private readonly HashSet<int> _leavers = [];
    private bool _storedGrew;

    private Fixpoint(BodyCode code, Variables variables, TypeShapes shapes, CallTargets targets, bool callsKeepProofs)
    {
        int count = code.Instructions.Length;
        _code = code;
        _variables = variables;
        _targets = targets;
        _interpreter = new Interpreter(
            variables,
            shapes,
            targets,
            _numbering,
            new Evidence(NeededLoads.In(code, i => NeverGoesOn(code.Instructions[i]))),
            new Ages(variables, targets.Leaves, !callsKeepProofs && AnythingAges()),
            FirstFields.Others(code, targets.Leaves.MayRunOther),
            callsKeepProofs);
        _callsKeepProofs = callsKeepProofs;
        _isLeader = new bool[count + 1];
        _entries = new Frame?[count];
        _isPending = new bool[count];
        _stored = [.. variables.AtEntry];
    }

    /// <summary>Solves a body.</summary>
    /// <param name="code">The body.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="shapes">Knows the types.</param>
    /// <param name="targets">Knows who is called.</param>
    /// <param name="callsKeepProofs">Whether proofs of raw numbers are believed through calls and exceptions.</param>
    public static Fixpoint Of(BodyCode code, Variables variables, TypeShapes shapes, CallTargets targets, bool callsKeepProofs)
    {
        var fixpoint = new Fixpoint(code, variables, shapes, targets, callsKeepProofs);
        fixpoint.FindLeaders();
        fixpoint.Solve();
        return fixpoint;
    }

    /// <summary>Shows each instruction that may execute, with the frame before it, in the order of the body.</summary>
    public void Visit(Action<Instruction, Frame> visit)
    {
        for (int leader = 0; leader < _entries.Length; leader++)
        {
            if (_entries[leader] is { } entry)
                Run(leader, entry.Copy(), visit);
        }
    }

    private void FindLeaders()
    {
        // Nothing lies behind the last instruction; whoever gets there runs off the end.
        _isLeader[0] = true;
        _isLeader[_code.Instructions.Length] = true;
        for (int i = 0; i < _code.Instructions.Length; i++)
        {
            foreach (int target in _code.TargetsOf(i))
                _isLeader[target] = true;
            _isLeader[i + 1] |= EndsPiece(_code.Instructions[i]);
        }

        foreach (Clause clause in _code.Clauses)
        {
            _isLeader[clause.TryStart] = true;
            foreach (int entry in clause.Entries)
                _isLeader[entry] = true;
        }

        // A prefix and its instruction are one (ECMA-335 III.2): whoever jumps between them means another instruction than we read.
        if (_code.Instructions.Skip(1).Where((i, index) => _isLeader[index + 1]).Any(i => i.Previous.OpCode.OpCodeType == OpCodeType.Prefix))
            throw RejectionException.NotUnderstood("A branch leads between a prefix and its instruction");
        if (_code.Instructions.FirstOrDefault(i => !Prefixes.Fit(i)) is { } stray)
            throw RejectionException.NotUnderstood($"The prefix {stray.OpCode} stands before {stray.Next?.OpCode.Name ?? "nothing"}");
    }

    private void Solve()
    {
        Enter(0, new Frame(_variables.AtEntry));
        do
        {
            while (_pending.TryDequeue(out int leader, out _))
            {
                _isPending[leader] = false;
                EnterHandlersAround(leader);
                Frame frame = _entries[leader]!.Copy();
                int last = Run(leader, frame, null);
                Leave(leader, last, frame);
            }
        }
        while (StoredHasGrown());
    }

    /// <summary>Executes one piece.</summary>
    /// <returns>Its last instruction, which is executed only if it does not decide where to go on.</returns>
    private int Run(int leader, Frame frame, Action<Instruction, Frame>? visit)
    {
        for (int i = leader; ; i++)
        {
            Instruction instruction = _code.Instructions[i];
            visit?.Invoke(instruction, frame);
            if (EndsPiece(instruction))
                return i;

            _interpreter.Step(instruction, frame);
            if (IsStore(instruction.OpCode.Code))
                Remember(_variables.IndexOf(instruction), frame);
            if (_isLeader[i + 1])
                return i;
        }
    }

    private void Remember(int variable, Frame frame)
    {
        Value joined = Value.Join(_stored[variable], frame.Variables[variable]);
        _storedGrew |= joined != _stored[variable];
        _stored[variable] = joined;
    }

    /// <summary>Hands the frame behind a piece to whatever comes next.</summary>
    private void Leave(int leader, int last, Frame frame)
    {
        Instruction instruction = _code.Instructions[last];
        if (NeverGoesOn(instruction))
            return;

        switch (instruction.OpCode.FlowControl)
        {
            case FlowControl.Branch when instruction.OpCode.Code is IL.Leave or IL.Leave_S:
                Enter(_code.TargetsOf(last)[0], BehindLeave(leader, last, frame));
                return;
            case FlowControl.Branch:
                Enter(_code.TargetsOf(last)[0], frame);
                return;
            case FlowControl.Cond_Branch:
                Branch(last, frame);
                return;
            default:
                Enter(last + 1, frame);
                return;
        }
    }

    private void Branch(int last, Frame frame)
    {
        Instruction instruction = _code.Instructions[last];
        IL opcode = instruction.OpCode.Code;
        int compared = opcode is IL.Bne_Un or IL.Bne_Un_S or IL.Beq or IL.Beq_S && frame.Peek(0).Constant == AddressSpaceLayout.BlockIndex
            && frame.Peek(1).Relation is { Kind: RelationKind.BlockOf } block
            ? block.Number
            : 0;
        Order? order = Order.Of(instruction, frame);
        _interpreter.Step(instruction, frame);

        Frame jumped = frame.Copy();
        (opcode is IL.Bne_Un or IL.Bne_Un_S ? jumped : frame).Prove(compared);
        order?.Learn(jumped, hasJumped: true);
        order?.Learn(frame, hasJumped: false);
        foreach (int target in _code.TargetsOf(last))
            Enter(target, jumped);
        Enter(last + 1, frame);
    }

    private Frame BehindLeave(int leader, int last, Frame frame)
    {
        frame.Clear();
        int target = _code.TargetsOf(last)[0];
        if (!_code.Clauses.Any(c => c.RunsOnLeave && c.Protects(last) && !c.Protects(target)))
            return frame;

        _leavers.Add(leader);
        frame.Join(AnyStore(), _numbering);
        AfterException(frame);
        return frame;
    }

    private void EnterHandlersAround(int leader)
    {
        foreach (Clause clause in _code.Clauses)
        {
            if (clause.Protects(leader) && _entered.Add(clause))
                EnterHandlers(clause);
        }
    }

    private void EnterHandlers(Clause clause)
    {
        foreach (int entry in clause.Entries)
        {
            Frame frame = AnyStore();
            AfterException(frame);
            if (clause.PushesException)
                frame.Push(Value.Object);
            Enter(entry, frame);
        }
    }

    private void AfterException(Frame frame)
    {
        frame.ForgetRecent();
        if (_callsKeepProofs)
            frame.ForgetDistances();
        else
            frame.ForgetRaw();
    }

    private bool StoredHasGrown()
    {
        if (!_storedGrew)
            return false;

        _storedGrew = false;
        foreach (Clause clause in _entered)
            EnterHandlers(clause);
        foreach (int leader in _leavers)
            Enqueue(leader);
        return true;
    }

    private Frame AnyStore() => new(_stored);

    private void Enter(int target, Frame frame)
    {
        if (target >= _entries.Length)
            throw RejectionException.NotUnderstood("Control runs off the end");

        if (_entries[target] is not { } known)
            _entries[target] = frame.Copy();
        else if (!known.Join(frame, _numbering))
            return;
        Enqueue(target);
    }

    private void Enqueue(int leader)
    {
        if (_isPending[leader])
            return;
        _isPending[leader] = true;
        _pending.Enqueue(leader, leader);
    }

    private bool EndsPiece(Instruction instruction) =>
        instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch || NeverGoesOn(instruction);

    /// <summary>Whether control leaves the member or the handler there. Cecil counts <c>jmp</c> among the calls.</summary>
    private bool NeverGoesOn(Instruction instruction) =>
        instruction.OpCode.FlowControl is FlowControl.Return or FlowControl.Throw || instruction.OpCode.Code == IL.Jmp || _targets.IsThrow(instruction);

    private bool AnythingAges() => _code.Clauses.Length > 0 || _code.Instructions.Any(i => _targets.Leaves.MayRunOther(i));

    private static bool IsStore(IL opcode) => opcode is IL.Starg or IL.Starg_S or IL.Stloc or IL.Stloc_S or (>= IL.Stloc_0 and <= IL.Stloc_3);
}
