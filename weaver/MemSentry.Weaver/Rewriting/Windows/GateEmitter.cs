using MemSentry.Analysis.Windows;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting.Windows;

/// <summary>
/// Gives a whitelisted member its new body: check what came in, run static constructors, open, call the twin, close.
/// <code>
///     Enter(domain, rights, frame)
///     try { try { result = twin(...) } filter { Suspend(exception); false } } finally { Leave(frame) }
/// </code>
/// The filter never catches: it runs before the filters of callers do, which a <c>finally</c> does not (ECMA-335 I.12.4.2.5).
/// </summary>
internal sealed class GateEmitter(RuntimeContract runtime)
{
    private readonly WindowMembers _window = runtime.Window;

    public void Emit(WindowPlan plan, MethodDefinition twin)
    {
        MethodDefinition gate = plan.Method;
        MethodBody body = gate.Body;
        FrameMark frame = FrameMark.In(gate);
        VariableDefinition? result = Result(gate);
        Instruction end = result is null ? Instruction.Create(OpCodes.Ret) : CompactInstruction.LoadLocal(result);
        Instruction[] prologue = [.. new GateChecks(runtime.BorderChecks, MemberSignature.Of(gate)).Of(plan), .. Constructors(plan), .. Enter(plan, frame)];
        Instruction[] call = [.. Call(gate, twin, result), Instruction.Create(OpCodes.Leave, end)];
        Instruction[] filter =
        [
            Instruction.Create(OpCodes.Pop),
            .. SwitchEmitter.SuspendForException(_window),
            Instruction.Create(OpCodes.Ldc_I4_0),
            Instruction.Create(OpCodes.Endfilter),
        ];
        Instruction[] never = [Instruction.Create(OpCodes.Pop), Instruction.Create(OpCodes.Rethrow)];
        Instruction[] close = [.. frame.PassTo(_window.Leave), Instruction.Create(OpCodes.Endfinally)];
        Instruction[] after = result is null ? [end] : [end, Instruction.Create(OpCodes.Ret)];
        foreach (Instruction instruction in prologue.Concat(call).Concat(filter).Concat(never).Concat(close).Concat(after))
            body.Instructions.Add(instruction);

        body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Filter)
        {
            TryStart = call[0],
            TryEnd = filter[0],
            FilterStart = filter[0],
            HandlerStart = never[0],
            HandlerEnd = close[0],
        });
        body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Finally)
        {
            TryStart = call[0],
            TryEnd = close[0],
            HandlerStart = close[0],
            HandlerEnd = end,
        });
        BodyOffsets.Compute(body);
    }

    private static VariableDefinition? Result(MethodDefinition gate)
    {
        TypeReference type = gate.ReturnType;
        while (type is IModifierType modifier)
            type = modifier.ElementType;

        if (type.MetadataType == MetadataType.Void)
            return null;

        var result = new VariableDefinition(type);
        gate.Body.Variables.Add(result);
        return result;
    }

    private IEnumerable<Instruction> Constructors(WindowPlan plan) => plan.StaticConstructors.SelectMany(type => new[]
    {
        Instruction.Create(OpCodes.Ldtoken, type),
        Instruction.Create(OpCodes.Call, _window.RunStaticConstructor),
    });

    private IEnumerable<Instruction> Enter(WindowPlan plan, FrameMark frame) =>
    [
        CompactInstruction.LoadInt32(plan.Target.Number),
        CompactInstruction.LoadInt32(plan.Target.Rights),
        .. frame.PassTo(_window.Enter),
    ];

    private static IEnumerable<Instruction> Call(MethodDefinition gate, MethodDefinition twin, VariableDefinition? result)
    {
        if (gate.HasThis)
            yield return Instruction.Create(OpCodes.Ldarg_0);
        foreach (ParameterDefinition parameter in gate.Parameters)
            yield return Instruction.Create(OpCodes.Ldarg, parameter);

        yield return Instruction.Create(OpCodes.Call, TwinReference.FromGate(gate, twin));
        if (result is not null)
            yield return CompactInstruction.StoreLocal(result);
    }
}
