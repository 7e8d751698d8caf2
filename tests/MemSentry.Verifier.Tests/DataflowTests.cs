using MemSentry.Verifier.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests;

/// <summary>Checks are not matched by position: they may stand anywhere, as long as they cover the value on every path.</summary>
[TestFixture]
internal sealed class DataflowTests : BodyTests
{
    [Test]
    public void One_check_covers_two_accesses() => Accepts(a => Use(Use(Check(a))));

    [Test]
    public void Access_without_a_check_is_rejected() => Rejects(VerifierCode.AccessNotProven, a => Use(a));

    [Test]
    public void Check_before_a_loop_covers_the_loop() => Accepts(a => Loop(Check(a), x => Use(x)));

    [Test]
    public void Check_before_a_loop_does_not_cover_a_pointer_that_moves_in_it() =>
        Rejects(VerifierCode.AccessNotProven, a => Loop(Check(a), x => Use(x).Emit(OpCodes.Ldarg_0).Emit(OpCodes.Ldc_I4_4).Emit(OpCodes.Add).Emit(OpCodes.Starg, x.Body.Method.Parameters[0])));

    [Test]
    public void Back_edge_behind_the_check_is_seen() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        Instruction head = a.Label();
        Check(a).Mark(head);
        Use(a).Emit(OpCodes.Ldarg_0).Emit(OpCodes.Ldind_I).Emit(OpCodes.Starg, a.Body.Method.Parameters[0]).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Brtrue, head);
    });

    [Test]
    public void Check_on_one_path_only_is_rejected() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        Instruction join = a.Label();
        Check(a.Emit(OpCodes.Ldarg_1).Emit(OpCodes.Brtrue, join)).Mark(join);
        Use(a);
    });

    [Test]
    public void Checks_on_both_paths_are_enough() => Accepts(a =>
    {
        Instruction other = a.Label();
        Instruction join = a.Label();
        Check(a.Emit(OpCodes.Ldarg_1).Emit(OpCodes.Brtrue, other)).Emit(OpCodes.Br, join).Mark(other);
        Check(a).Mark(join);
        Use(a);
    });

    [Test]
    public void Equal_compare_with_swapped_edges_is_a_check() => Accepts(a => Use(a.Emit(OpCodes.Ldarg_0).CheckAndPop(equalBranchesToThrow: true)));

    [Test]
    public void Check_of_a_copy_covers_the_original() => Accepts(a =>
    {
        VariableDefinition copy = a.Pointer();
        Use(a.Emit(OpCodes.Ldarg_0).Emit(OpCodes.Stloc, copy).Emit(OpCodes.Ldloc, copy).CheckAndPop());
    });

    [Test]
    public void Check_of_a_copy_in_an_int32_does_not() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        VariableDefinition copy = a.Local(a.Body.Method.Module.TypeSystem.Int32);
        Use(a.Emit(OpCodes.Ldarg_0).Emit(OpCodes.Stloc, copy).Emit(OpCodes.Ldloc, copy).CheckAndPop());
    });

    [Test]
    public void Check_of_a_copy_does_not_cover_what_the_original_becomes() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        VariableDefinition copy = a.Pointer();
        a.Emit(OpCodes.Ldarg_0).Emit(OpCodes.Stloc, copy).Emit(OpCodes.Ldarg_0).Emit(OpCodes.Ldc_I4_8).Emit(OpCodes.Shl).Emit(OpCodes.Starg, a.Body.Method.Parameters[0]);
        Use(a.Emit(OpCodes.Ldloc, copy).CheckAndPop());
    });

    [Test]
    public void Raw_pointer_is_not_proven_across_a_call() =>
        Rejects(VerifierCode.AccessNotProven, a => Use(Check(a).Emit(OpCodes.Call, a.Member("Callee"))));

    [Test]
    public void Copies_of_a_raw_pointer_are_not_equal_across_a_call() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        VariableDefinition copy = a.Pointer();
        a.Emit(OpCodes.Ldarg_0).Emit(OpCodes.Stloc, copy).Emit(OpCodes.Call, a.Member("Callee"));
        Use(a.Emit(OpCodes.Ldloc, copy).CheckAndPop());
    });

    [Test]
    public void Reference_is_proven_across_a_call() => Accepts(a =>
        a.Emit(OpCodes.Call, a.Member("Callee")).Emit(OpCodes.Ldarg_2).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop));

    [Test]
    public void Reference_that_moved_is_not_proven() => Rejects(VerifierCode.ConversionNotProven, a =>
        a.Emit(OpCodes.Ldarg_2).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Add).Emit(OpCodes.Call, a.Member("CalleeOf")));

    [Test]
    public void Variable_whose_address_is_taken_proves_nothing() => Rejects(VerifierCode.AccessNotProven, a =>
        Use(Check(a.Emit(OpCodes.Ldarga, a.Body.Method.Parameters[0]).Emit(OpCodes.Pop))));

    [Test]
    public void Check_in_a_try_block_does_not_reach_its_handler() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        Instruction end = a.Label();
        Instruction handler = Instruction.Create(OpCodes.Pop);
        Instruction first = Instruction.Create(OpCodes.Ldarg_0);
        a.Mark(first).CheckAndPop().Emit(OpCodes.Leave, end).Mark(handler);
        Use(a).Emit(OpCodes.Leave, end).Mark(end);
        CatchAnything(a.Body, first, handler, end);
    });

    [Test]
    public void Reference_stored_in_a_try_block_reaches_its_handler() => Rejects(VerifierCode.ConversionNotProven, a =>
    {
        Instruction end = a.Label();
        Instruction handler = Instruction.Create(OpCodes.Pop);
        Instruction first = Instruction.Create(OpCodes.Ldarg_0);
        ParameterDefinition reference = a.Body.Method.Parameters[2];
        a.Mark(first).Emit(OpCodes.Starg, reference).Emit(OpCodes.Call, a.Member("Callee")).Emit(OpCodes.Leave, end).Mark(handler);
        a.Emit(OpCodes.Ldarg, reference).Emit(OpCodes.Call, a.Member("CalleeOf")).Emit(OpCodes.Leave, end).Mark(end);
        CatchAnything(a.Body, first, handler, end);
    });

    [Test]
    public void Reference_stored_in_a_finally_block_reaches_what_follows() => Rejects(VerifierCode.ConversionNotProven, a =>
    {
        Instruction end = a.Label();
        Instruction handler = Instruction.Create(OpCodes.Ldarg_0);
        Instruction first = Instruction.Create(OpCodes.Nop);
        ParameterDefinition reference = a.Body.Method.Parameters[2];
        a.Mark(first).Emit(OpCodes.Leave, end).Mark(handler).Emit(OpCodes.Starg, reference).Emit(OpCodes.Endfinally).Mark(end);
        a.Emit(OpCodes.Ldarg, reference).Emit(OpCodes.Call, a.Member("CalleeOf"));
        a.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Finally) { TryStart = first, TryEnd = handler, HandlerStart = handler, HandlerEnd = end });
    });

    [Test]
    public void Stack_of_two_depths_is_not_understood() => Rejects(VerifierCode.NotUnderstood, a =>
    {
        Instruction join = a.Label();
        a.Emit(OpCodes.Ldarg_1).Emit(OpCodes.Brtrue, join).Emit(OpCodes.Ldarg_1).Mark(join);
    });

    [Test]
    public void Branch_behind_a_prefix_is_not_understood() => Rejects(VerifierCode.NotUnderstood, a =>
    {
        Instruction load = Instruction.Create(OpCodes.Ldind_I4);
        Check(a).Emit(OpCodes.Ldarg_0).Emit(OpCodes.Br, load).Emit(OpCodes.Volatile).Mark(load).Emit(OpCodes.Pop);
    });

    [Test]
    public void Number_stored_as_an_object_is_not_understood() => Rejects(VerifierCode.NotUnderstood, a =>
        a.Emit(OpCodes.Ldarg_0).Emit(OpCodes.Stloc, a.Local(a.Body.Method.Module.TypeSystem.Object)));

    [Test]
    public void Block_copy_of_64_bits_of_length_is_rejected() => Rejects(VerifierCode.LengthNotBounded, a =>
        Check(a).Emit(OpCodes.Ldarg_0).Emit(OpCodes.Ldarg_0).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Conv_I8).Emit(OpCodes.Cpblk));

    private static Assembler Check(Assembler a) => a.Emit(OpCodes.Ldarg_0).CheckAndPop();

    [Test]
    public void Prefix_before_another_instruction_is_not_understood() =>
        Rejects(VerifierCode.NotUnderstood, a => a.Emit(OpCodes.Ldarg_0).Emit(OpCodes.Volatile).CheckAndPop());

    private static Assembler Use(Assembler a) => a.Emit(OpCodes.Ldarg_0).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop);

    private static void Loop(Assembler a, Action<Assembler> body)
    {
        Instruction head = a.Label();
        a.Mark(head);
        body(a);
        a.Emit(OpCodes.Ldarg_1).Emit(OpCodes.Brtrue, head);
    }

    private static void CatchAnything(MethodBody body, Instruction first, Instruction handler, Instruction end) =>
        body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Catch)
        {
            TryStart = first,
            TryEnd = handler,
            HandlerStart = handler,
            HandlerEnd = end,
            CatchType = body.Method.Module.TypeSystem.Object,
        });
}
