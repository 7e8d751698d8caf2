using MemSentry.Analysis.Options;
using MemSentry.Verifier.Tests.Fixtures;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests;

/// <summary>How long a proof about a raw pointer is believed, by the stamped trust.</summary>
[TestFixture]
internal sealed class TrustTests : BodyTests
{
    private static readonly WeaverOptions Frame = new() { Trust = PointerTrust.Frame };
    private static readonly WeaverOptions None = new() { Trust = PointerTrust.None };

    [Test]
    public void Frame_believes_across_a_call() => Accepts(a => Use(Check(a).Emit(OpCodes.Call, a.Member("Callee"))), Frame);

    [Test]
    public void Frame_believes_no_pointer_without_a_check() => Rejects(VerifierCode.AccessNotProven, a => Use(a.Emit(OpCodes.Call, a.Member("Callee"))), Frame);

    [Test]
    public void Leaf_does_not_believe_across_a_call() => Rejects(VerifierCode.AccessNotProven, a => Use(Check(a).Emit(OpCodes.Call, a.Member("Callee"))));

    [Test]
    public void Frame_believes_an_allocation_on_the_stack_in_a_handler() => Accepts(a => UseInHandler(a, isZeroed: true), Frame);

    [Test]
    public void Frame_does_not_believe_in_a_handler_what_may_not_have_been_assigned() =>
        Rejects(VerifierCode.AccessNotProven, a => UseInHandler(a, isZeroed: false), Frame);

    [Test]
    public void Leaf_does_not_believe_an_allocation_in_a_handler() => Rejects(VerifierCode.AccessNotProven, a => UseInHandler(a, isZeroed: true));

    [Test]
    public void None_accepts_a_check_directly_before_the_access() => Accepts(a => Use(Check(a)), None);

    [Test]
    public void None_accepts_operands_that_are_moved_about_in_between() => Accepts(a =>
    {
        VariableDefinition copy = a.Pointer();
        Check(a).Emit(OpCodes.Ldarg_0).Emit(OpCodes.Stloc, copy).Emit(OpCodes.Ldloc, copy).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop);
    }, None);

    [Test]
    public void None_does_not_believe_behind_another_access() => Rejects(VerifierCode.AccessNotProven, a => Use(Use(Check(a))), None);

    [Test]
    public void None_does_not_believe_an_allocation_on_the_stack() => Rejects(VerifierCode.AccessNotProven, a =>
        a.Emit(OpCodes.Ldc_I4_8).Emit(OpCodes.Conv_U).Emit(OpCodes.Localloc).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop), None);

    [Test]
    public void None_does_not_believe_a_variable_s_address_as_a_number() => Rejects(VerifierCode.AccessNotProven, a =>
        a.Emit(OpCodes.Ldloca, a.Local(a.Body.Method.Module.TypeSystem.Int32)).Emit(OpCodes.Conv_U).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop), None);

    [Test]
    public void Leaf_believes_both() => Accepts(a =>
        a.Emit(OpCodes.Ldloca, a.Local(a.Body.Method.Module.TypeSystem.Int32)).Emit(OpCodes.Conv_U).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop)
            .Emit(OpCodes.Ldc_I4_8).Emit(OpCodes.Conv_U).Emit(OpCodes.Localloc).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop));

    [Test]
    public void None_believes_references() => Accepts(a => a.Emit(OpCodes.Call, a.Member("Callee")).Emit(OpCodes.Ldarg_2).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop), None);

    // A handler may run before the allocation: then the variable is null, if the body has its variables zeroed.
    private static void UseInHandler(Assembler a, bool isZeroed)
    {
        VariableDefinition cells = a.Pointer();
        a.Body.InitLocals = isZeroed;
        Instruction start = a.Label();
        Instruction handler = a.Label();
        Instruction end = a.Label();
        a.Mark(start).Emit(OpCodes.Ldc_I4_8).Emit(OpCodes.Conv_U).Emit(OpCodes.Localloc).Emit(OpCodes.Stloc, cells).Emit(OpCodes.Leave, end);
        a.Mark(handler).Emit(OpCodes.Ldloc, cells).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop).Emit(OpCodes.Endfinally).Mark(end);
        a.Body.ExceptionHandlers.Clear();
        a.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Fault) { TryStart = start, TryEnd = handler, HandlerStart = handler, HandlerEnd = end });
    }

    private static Assembler Check(Assembler a) => a.Emit(OpCodes.Ldarg_0).CheckAndPop();

    private static Assembler Use(Assembler a) => a.Emit(OpCodes.Ldarg_0).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop);
}
