using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Windows;

/// <summary>
/// Reads a gate from its first instruction to its last. A gate is no program whose behaviour would have to be followed, but one sentence of a fixed grammar;
/// whatever deviates by a single word is not accepted.
/// <code>
/// gate   = { check | constructor } const const frame Enter try { args call-twin [stloc] leave } filter { pop 1 Suspend 0 endfilter } { pop rethrow }
///          finally { frame Leave endfinally } [ldloc] ret
/// frame  = ldloca conv.u
/// </code>
/// </summary>
internal sealed class GateReader(MethodDefinition member)
{
    private const string Deviates = "It opens a window, but is not the gate that the weaver writes";

    private readonly Instruction[] _code = [.. member.Body.Instructions];
    private readonly HashSet<int> _checked = [];
    private readonly HashSet<string> _constructed = [];
    private int _at;

    /// <summary>The gate.</summary>
    /// <exception cref="RejectionException">It is none.</exception>
    public Gate Read()
    {
        Require((member.ImplAttributes & MethodImplAttributes.NoInlining) != 0, "may be inlined");
        while (Reads(Code.Ldtoken) || StartsRuntime() || IsCheck())
        {
        }

        var opens = new Opened(Constant(), Constant());
        VariableDefinition frame = Frame();
        Require(WindowCall.Is(Next(), "Enter"), "does not enter");
        int start = _at;
        Arguments();
        MethodDefinition twin = Twin();
        bool hasResult = IsStore(_code[_at]);
        _at += hasResult ? 1 : 0;
        Instruction leave = Next();
        int filter = _at;
        Expect(Code.Pop);
        Require(WindowCall.Constant(Next()) == 1, "has another filter");
        Expect(Code.Conv_U);
        Require(WindowCall.Is(Next(), "Suspend"), "has a filter that does not close");
        Require(WindowCall.Constant(Next()) == 0, "has a filter that catches");
        Expect(Code.Endfilter);
        int never = _at;
        Expect(Code.Pop);
        Expect(Code.Rethrow);
        int close = _at;
        Require(Frame() == frame && WindowCall.Is(Next(), "Leave"), "does not close its own frame");
        Expect(Code.Endfinally);
        int end = _at;
        Require(leave.OpCode.Code is Code.Leave or Code.Leave_S && leave.Operand == _code[end], "leaves elsewhere");
        _at += hasResult ? 1 : 0;
        Expect(Code.Ret);
        Require(_at == _code.Length, "goes on behind its end");
        Handlers(start, filter, never, close, end);
        return new Gate(member, twin, opens, _checked, _constructed);
    }

    private bool Reads(Code constructor)
    {
        if (_code[_at].OpCode.Code != constructor || _code[_at + 1].Operand is not MethodReference { Name: "RunClassConstructor", DeclaringType.Name: "RuntimeHelpers" })
            return false;

        _constructed.Add(((TypeReference)_code[_at].Operand).FullName);
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

    /// <summary>A parameter and, behind it, a check of the runtime that gets it and constants, and returns nothing.</summary>
    private bool IsCheck()
    {
        if (ArgumentOf(_code[_at]) is not { } parameter)
            return false;

        int i = _at + 1;
        while (_code[i].OpCode.Code is Code.Conv_U or Code.Conv_I8 or Code.Ldstr || WindowCall.Constant(_code[i]) is not null)
            i++;
        Require(_code[i] is { OpCode.Code: Code.Call, Operand: MethodReference { DeclaringType: { Namespace: "MemSentry.CompilerServices", Name: "BorderCheck" } } }, "does more before it opens");
        Require(!IsDisplaced(_code[i]) || (WindowCall.Constant(_code[_at + 2]) == 0 && WindowCall.Constant(_code[_at + 4]) == 0), "compares another address than it got");
        _checked.Add(parameter);
        _at = i + 1;
        return true;
    }

    private static bool IsDisplaced(Instruction call) => ((MethodReference)call.Operand).Name == "Displaced";

    private void Arguments()
    {
        int count = member.Parameters.Count + (member.HasThis ? 1 : 0);
        for (int i = 0; i < count; i++)
            Require(ArgumentOf(Next()) == (member.HasThis ? i - 1 : i), "hands on other arguments");
    }

    private MethodDefinition Twin()
    {
        Instruction call = Next();
        MethodDefinition? twin = call is { OpCode.Code: Code.Call, Operand: MethodReference callee } ? callee.GetElementMethod().Resolve() : null;
        Require(twin is not null && twin.DeclaringType == member.DeclaringType, "calls something else than a member beside it");
        return twin!;
    }

    private void Handlers(int start, int filter, int never, int close, int end) => Require(
        member.Body.ExceptionHandlers is [{ HandlerType: ExceptionHandlerType.Filter } first, { HandlerType: ExceptionHandlerType.Finally } second]
            && (first.TryStart, first.TryEnd, first.FilterStart, first.HandlerStart, first.HandlerEnd) == (_code[start], _code[filter], _code[filter], _code[never], _code[close])
            && (second.TryStart, second.TryEnd, second.HandlerStart, second.HandlerEnd) == (_code[start], _code[close], _code[close], _code[end]),
        "does not protect the call of its twin");

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
