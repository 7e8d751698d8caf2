using MemSentry.AccessTable;
using MemSentry.Verifier.Flow;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Windows;

/// <summary>
/// Reads a gate from its first instruction to its last. A gate is no program whose behaviour would have to be followed, but one sentence of a fixed grammar;
/// whatever deviates by a single word is not accepted.
/// <code>
/// gate     = { check | constructor | preparation } ( recorded | IsClosed brtrue(closed) May brtrue(granted) recorded closed granted ) end
/// recorded = const const frame Enter guarded(finally, frame Leave) to end
/// closed   = Enter guarded(fault, 1 Suspend) to Leave br end
/// granted  = call
/// guarded  = try { call leave } filter { pop 1 Suspend 0 endfilter } { pop rethrow } finally or fault { ... endfinally }
/// call     = args call-twin [stloc]
/// end      = [ldloc] ret
/// frame    = ldloca conv.u
/// </code>
/// IsClosed and May, and Enter and Leave in closed, are stubs; see <see cref="StubCall"/>. A preparation is a look at one, or one itself; see <see cref="Preparation"/>. The rest are members of the runtime.
/// </summary>
internal sealed class GateReader(MethodDefinition member)
{
    private const string Deviates = "It opens a window, but is not the gate that the weaver writes";

    private readonly Instruction[] _code = [.. member.Body.Instructions];
    private readonly HashSet<int> _checked = [];
    private readonly List<TypeReference> _constructed = [];
    private Preparation? _preparation;
    private MethodDefinition? _twin;
    private bool _hasResult;
    private int _at;

    /// <summary>The gate.</summary>
    /// <exception cref="RejectionException">It is none.</exception>
    public Gate Read()
    {
        Require((member.ImplAttributes & MethodImplAttributes.NoInlining) != 0, "may be inlined");
        while (Reads(Code.Ldtoken) || StartsRuntime() || Prepares() || IsCheck())
        {
        }

        bool byKey = StubCall.Names(_code[_at]);
        (Instruction Asked, Instruction Way)[]? ways = byKey ? [Way(), Way()] : null;
        (Opened opens, GuardedCall recorded) = Recorded();
        GuardedCall[] calls = ways is null ? [recorded] : [recorded, ByKey(opens, ways)];
        Instruction end = _code[_at];
        Require(recorded.LeavesFor(end), "leaves elsewhere");
        Require(ways is null || calls[1].Next.Next.Next.Next is { OpCode.Code: Code.Br or Code.Br_S } left && left.Operand == end, "leaves elsewhere");
        _at += _hasResult ? 1 : 0;
        Expect(Code.Ret);
        Require(_at == _code.Length, "goes on behind its end");
        Handlers(calls);
        return new Gate(member, _twin!, opens, byKey, _checked, _constructed, _preparation);
    }

    /// <summary>The window of which the runtime keeps record.</summary>
    private (Opened Opens, GuardedCall Call) Recorded()
    {
        var opens = new Opened(Constant(), Constant());
        VariableDefinition frame = Frame();
        Require(WindowCall.Is(Next(), "Enter"), "does not enter");
        return (opens, Guarded(ExceptionHandlerType.Finally, () => Require(Frame() == frame && WindowCall.Is(Next(), "Leave"), "does not close its own frame")));
    }

    /// <summary>The window that stubs open and close, and the way of whoever has it open already.</summary>
    private GuardedCall ByKey(Opened opens, (Instruction Asked, Instruction Way)[] ways)
    {
        bool writes = opens.Rights == 2;
        Require(StubCall.Is(ways[0].Asked, opens.Domain, GateEntry.IsClosed) && ways[0].Way == _code[_at], "decides otherwise");
        Stub(opens, writes ? GateEntry.EnterToWrite : GateEntry.EnterToRead);
        GuardedCall call = Guarded(ExceptionHandlerType.Fault, ClosesForException);
        Require(call.LeavesFor(_code[_at]), "leaves elsewhere");
        Stub(opens, GateEntry.Leave);
        Require(Next().OpCode.Code is Code.Br or Code.Br_S, "goes on when it has closed");
        Require(StubCall.Is(ways[1].Asked, opens.Domain, writes ? GateEntry.MayWrite : GateEntry.MayRead) && ways[1].Way == _code[_at], "decides otherwise");
        Call();
        return call;
    }

    private void Stub(Opened opens, GateEntry entry)
    {
        Require(StubCall.Is(_code[_at], opens.Domain, entry), "calls another stub");
        _at += StubCall.Length;
    }

    /// <summary>A stub and where its answer leads.</summary>
    private (Instruction Asked, Instruction Way) Way()
    {
        Instruction asked = _code[_at];
        _at += StubCall.Length;
        return Next() is { OpCode.Code: Code.Brtrue or Code.Brtrue_S, Operand: Instruction way } ? (asked, way) : throw Rejected("does not decide by the register");
    }

    private GuardedCall Guarded(ExceptionHandlerType kind, Action readCleanup)
    {
        Instruction start = _code[_at];
        Call();
        Instruction leave = Next();
        Instruction filter = _code[_at];
        Expect(Code.Pop);
        ClosesForException();
        Require(WindowCall.Constant(Next()) == 0, "has a filter that catches");
        Expect(Code.Endfilter);
        Instruction never = _code[_at];
        Expect(Code.Pop);
        Expect(Code.Rethrow);
        Instruction cleanup = _code[_at];
        readCleanup();
        Expect(Code.Endfinally);
        return new GuardedCall(kind, start, filter, never, cleanup, _code[_at], leave);
    }

    private void ClosesForException()
    {
        Require(WindowCall.Constant(Next()) == 1, "has another filter");
        Expect(Code.Conv_U);
        Require(WindowCall.Is(Next(), "Suspend"), "has a filter that does not close");
    }

    private bool Reads(Code constructor)
    {
        if (_code[_at].OpCode.Code != constructor || _code[_at + 1].Operand is not MethodReference { Name: "RunClassConstructor", DeclaringType: { Namespace: "System.Runtime.CompilerServices", Name: "RuntimeHelpers", Scope: AssemblyNameReference } })
            return false;

        _constructed.Add((TypeReference)_code[_at].Operand);
        _at += 2;
        return true;
    }

    /// <summary>The module's initialiser may be a gate: the start of the runtime goes before all else, and another check compares it.</summary>
    private bool StartsRuntime()
    {
        bool starts = _code[_at] is { OpCode.Code: Code.Call, Operand: MethodDefinition { Name: "Start", DeclaringType.Name: "<MemSentry>" } };
        _at += starts ? 1 : 0;
        return starts;
    }

    private bool Prepares()
    {
        Instruction? next = _code[_at];
        MethodDefinition? initializer = Preparation.Look(next);
        Preparation? preparation = initializer is null ? Preparation.Read(member, ref next) : Preparation.Read(initializer);
        if (preparation is null)
            return false;

        Require(_preparation is null, "has two bodies compiled");
        _preparation = preparation;
        _at = initializer is null ? Array.IndexOf(_code, next) : _at + 2;
        return true;
    }

    /// <summary>A parameter and, behind it, a check of the runtime that gets it and constants, and returns nothing.</summary>
    private bool IsCheck()
    {
        if (ArgumentOf(_code[_at]) is not { } parameter)
            return false;

        int i = _at + 1;
        while (_code[i].OpCode.Code is Code.Conv_U or Code.Conv_I8 or Code.Ldstr || WindowCall.Constant(_code[i]) is not null)
            i++;
        Require(BorderChecks.IsCheck(_code[i]), "does more before it opens");
        Require(!IsDisplaced(_code[i]) || (WindowCall.Constant(_code[_at + 2]) == 0 && WindowCall.Constant(_code[_at + 4]) == 0), "compares another address than it got");
        _checked.Add(parameter);
        _at = i + 1;
        return true;
    }

    private static bool IsDisplaced(Instruction call) => ((MethodReference)call.Operand).Name == "Displaced";

    private void Call()
    {
        int count = member.Parameters.Count + (member.HasThis ? 1 : 0);
        for (int i = 0; i < count; i++)
            Require(ArgumentOf(Next()) == (member.HasThis ? i - 1 : i), "hands on other arguments");

        MethodDefinition twin = Twin();
        Require(_twin is null || _twin == twin, "calls two bodies");
        bool hasResult = IsStore(_code[_at]);
        Require(_twin is null || hasResult == _hasResult, "forgets a result");
        (_twin, _hasResult) = (twin, hasResult);
        _at += hasResult ? 1 : 0;
    }

    private MethodDefinition Twin()
    {
        Instruction call = Next();
        MethodDefinition? twin = call is { OpCode.Code: Code.Call, Operand: MethodReference callee } ? callee.GetElementMethod().Resolve() : null;
        Require(twin is not null && twin.DeclaringType == member.DeclaringType, "calls something else than a member beside it");
        return twin!;
    }

    private void Handlers(GuardedCall[] calls)
    {
        IList<ExceptionHandler> found = member.Body.ExceptionHandlers;
        Require(found.Count == 2 * calls.Length && calls.Select((call, i) => call.Has(found[2 * i], found[(2 * i) + 1])).All(h => h), "does not protect the call of its twin");
    }

    private VariableDefinition Frame()
    {
        Instruction address = Next();
        Expect(Code.Conv_U);
        return address.OpCode.Code is Code.Ldloca or Code.Ldloca_S ? (VariableDefinition)address.Operand : throw Rejected("names a frame that is not its own");
    }

    private int Constant() => WindowCall.Constant(Next()) ?? throw Rejected("opens what it computes");

    private int? ArgumentOf(Instruction instruction) => instruction.OpCode.Code switch
    {
        >= Code.Ldarg_0 and <= Code.Ldarg_3 => instruction.OpCode.Code - Code.Ldarg_0 - (member.HasThis ? 1 : 0),
        Code.Ldarg or Code.Ldarg_S => ((ParameterDefinition)instruction.Operand).Index,
        _ => null,
    };

    private static bool IsStore(Instruction instruction) => instruction.OpCode.Code is (>= Code.Stloc_0 and <= Code.Stloc_3) or Code.Stloc or Code.Stloc_S;

    private void Expect(Code code) => Require(Next().OpCode.Code == code, "deviates");

    private Instruction Next() => _at < _code.Length ? _code[_at++] : throw Rejected("ends too early");

    private static void Require(bool holds, string what)
    {
        if (!holds)
            throw Rejected(what);
    }

    private static RejectionException Rejected(string what) => new(VerifierCode.GateAltered, $"{Deviates}: it {what}; weave the original assembly again.");
}
