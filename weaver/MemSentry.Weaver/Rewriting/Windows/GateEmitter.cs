using MemSentry.Analysis.Windows;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting.Windows;

/// <summary>
/// Gives a whitelisted member its new body: check what came in, run static constructors, have the twin compiled, open, call it, close.
/// <code>
///     Enter(domain, rights, frame)
///     try { result = twin(...) } finally { Leave(frame) }        see GuardedCall
/// </code>
/// Where the domain has a protection key, that is the way for windows inside others, and stubs are the way of the rest:
/// <code>
///     if (IsClosed())       { Enter(); try { result = twin(...) } fault { Suspend(exception) }; Leave() }
///     else if (MayAccess()) { result = twin(...) }
///     else                  { as above }
/// </code>
/// The answers come from the register. Should one be overwritten on the stack before it decides: the stub that opens wants everything closed, the twin wants its
/// domain open, and the runtime's record starts from what is open, so a wrong branch ends the process or only costs time.
/// </summary>
internal sealed class GateEmitter(RuntimeContract runtime, Preparations preparations)
{
    private readonly WindowMembers _window = runtime.Window;

    public void Emit(WindowPlan plan, MethodDefinition twin)
    {
        MethodDefinition gate = plan.Method;
        MethodBody body = gate.Body;
        FrameMark frame = FrameMark.In(gate);
        VariableDefinition? result = Result(gate);
        Instruction end = result is null ? Instruction.Create(OpCodes.Ret) : CompactInstruction.LoadLocal(result);
        Append(body, [.. new GateChecks(runtime.BorderChecks, MemberSignature.Of(gate)).Of(plan), .. Constructors(plan), .. preparations.Before(plan)]);
        if (plan.HasKey)
            AppendByKey(plan, frame, () => Call(gate, twin, result), end);
        else
            AppendRecorded(plan, frame, Call(gate, twin, result), end, end);

        Append(body, result is null ? [end] : [end, Instruction.Create(OpCodes.Ret)]);
        BodyOffsets.Compute(body);
    }

    private void AppendRecorded(WindowPlan plan, FrameMark frame, IEnumerable<Instruction> call, Instruction end, Instruction next)
    {
        MethodBody body = plan.Method.Body;
        Append(body, [CompactInstruction.LoadInt32(plan.Target.Number), CompactInstruction.LoadInt32(plan.Target.Rights), .. frame.PassTo(_window.Enter)]);
        new GuardedCall(ExceptionHandlerType.Finally, call, SwitchEmitter.SuspendForException(_window), frame.PassTo(_window.Leave), end).AppendTo(body, next);
    }

    private void AppendByKey(WindowPlan plan, FrameMark frame, Func<IEnumerable<Instruction>> call, Instruction end)
    {
        MethodBody body = plan.Method.Body;
        Instruction[] closed = [.. _window.Stubs.Enter(plan.Target)];
        Instruction[] left = [.. _window.Stubs.Leave(plan.Target), Instruction.Create(OpCodes.Br, end)];
        Instruction[] granted = [.. call()];

        Append(body,
        [
            .. _window.Stubs.IsClosed(plan.Target), Instruction.Create(OpCodes.Brtrue, closed[0]),
            .. _window.Stubs.MayAccess(plan.Target), Instruction.Create(OpCodes.Brtrue, granted[0]),
        ]);
        AppendRecorded(plan, frame, call(), end, closed[0]);
        Append(body, closed);
        new GuardedCall(ExceptionHandlerType.Fault, call(), SwitchEmitter.SuspendForException(_window), SwitchEmitter.SuspendForException(_window), left[0]).AppendTo(body, left[0]);
        Append(body, [.. left, .. granted]);
    }

    private static void Append(MethodBody body, IEnumerable<Instruction> instructions)
    {
        foreach (Instruction instruction in instructions)
            body.Instructions.Add(instruction);
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
