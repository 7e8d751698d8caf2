using MemSentry.Analysis.Options;
using MemSentry.Verifier.Tests.Fixtures;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests;

/// <summary>What lies within reach of a masked number may be accessed, and nothing else may be done with it.</summary>
[TestFixture]
internal sealed class MaskedDistanceTests : BodyTests
{
    private static readonly WeaverOptions Sfi = new() { ProtMethod = ProtectionMethod.Sfi };

    [Test]
    public void An_index_of_32_bits_behind_a_mask_is_within_reach() => Accepts(a => Use(Index(Masked(a))), Sfi);

    [Test]
    public void A_store_behind_a_mask_is_within_reach() => Accepts(a => Moved(Masked(a), 8).Emit(OpCodes.Ldc_I4_0).Emit(OpCodes.Stind_I4), Sfi);

    [TestCase((1L << 40) - (1L << 32), true)]
    [TestCase((1L << 40) - (1L << 31), false, Description = "a structure there would end behind the guard")]
    [TestCase(1L << 40, false)]
    [TestCase(-(1L << 40) + 1, true)]
    [TestCase(-(1L << 40), false)]
    [TestCase(-AccessTable.AddressSpaceLayout.AliasBit, false)]
    [TestCase(long.MinValue, false)]
    public void A_constant_is_within_reach_if_it_is_less_than_a_terabyte(long distance, bool isWithin)
    {
        void Body(Assembler a) => Use(Moved(Masked(a), distance));
        if (isWithin)
            Accepts(Body, Sfi);
        else
            Rejects(VerifierCode.AccessNotProven, Body, Sfi);
    }

    [Test]
    public void A_length_of_64_bits_behind_a_mask_is_not() => Rejects(VerifierCode.AccessNotProven, a => Use(Far(Masked(a))), Sfi);

    [Test]
    public void A_mask_does_not_cover_what_lies_behind_the_original() => Rejects(VerifierCode.AccessNotProven, a => Use(Moved(Masked(a).Emit(OpCodes.Pop).Emit(OpCodes.Ldarg_0), 8)), Sfi);

    [Test]
    public void A_difference_to_a_masked_number_is_no_address() =>
        Rejects(VerifierCode.AccessNotProven, a => Use(Masked(a).Emit(OpCodes.Ldarg_0).Emit(OpCodes.Sub)), Sfi);

    [Test]
    public void A_masked_copy_covers_a_loop() => Accepts(a => Loop(Copy(a, out VariableDefinition copy), x => Use(Index(x.Emit(OpCodes.Ldloc, copy)))), Sfi);

    [Test]
    public void Steps_from_a_masked_copy_add_up_in_a_loop() => Rejects(
        VerifierCode.AccessNotProven, a => Loop(Copy(a, out VariableDefinition copy), x => Use(Moved(x.Emit(OpCodes.Ldloc, copy), 4).Emit(OpCodes.Dup).Emit(OpCodes.Stloc, copy))), Sfi);

    [Test]
    public void A_store_after_each_step_keeps_steps_from_a_masked_copy_from_adding_up() =>
        Accepts(a => Loop(Copy(a, out VariableDefinition copy), x => Stepped(x, copy).Emit(OpCodes.Ldc_I4_0).Emit(OpCodes.Stind_I4)), Sfi);

    [Test]
    public void So_does_a_volatile_load() =>
        Accepts(a => Loop(Copy(a, out VariableDefinition copy), x => Use(Stepped(x, copy).Emit(OpCodes.Volatile))), Sfi);

    [Test]
    public void A_load_that_may_be_left_out_does_not() => Rejects(VerifierCode.AccessNotProven, a => Loop(Copy(a, out VariableDefinition copy), x => Use(Stepped(x, copy))), Sfi);

    [Test]
    public void A_store_through_a_masked_copy_proves_nothing_of_the_variable() => Rejects(
        VerifierCode.AccessNotProven, a => Use(Copy(a, out VariableDefinition copy).Emit(OpCodes.Ldloc, copy).Emit(OpCodes.Ldc_I4_0).Emit(OpCodes.Stind_I4).Emit(OpCodes.Ldarg_0)), Sfi);

    [Test]
    public void What_was_accessed_through_a_masked_copy_does_not_leave() => Rejects(
        VerifierCode.EscapeNotProven,
        a => Stepped(Copy(a, out VariableDefinition copy), copy).Emit(OpCodes.Ldc_I4_0).Emit(OpCodes.Stind_I4).Emit(OpCodes.Ldloc, copy).Emit(OpCodes.Call, a.Member("free")),
        Sfi);

    [Test]
    public void A_copy_that_is_masked_on_one_path_only_is_not_covered() => Rejects(VerifierCode.AccessNotProven, a => Use(OnOnePath(a, x => Masked(x), x => x.Emit(OpCodes.Ldarg_0))), Sfi);

    [Test]
    public void A_copy_that_is_masked_on_one_path_and_null_on_the_other_is_covered() =>
        Accepts(a => Use(OnOnePath(a, x => Masked(x), x => x.Emit(OpCodes.Ldc_I4_0).Emit(OpCodes.Conv_U))), Sfi);

    [Test]
    public void A_copy_that_is_masked_on_one_path_does_not_leave_although_it_is_null_on_the_other() => Rejects(
        VerifierCode.EscapeNotProven, a => OnOnePath(a, x => x.Emit(OpCodes.Ldc_I4_0).Emit(OpCodes.Conv_U), x => Masked(x)).Emit(OpCodes.Call, a.Member("free")), Sfi);

    [Test]
    public void A_masked_copy_is_not_covered_behind_a_call() =>
        Rejects(VerifierCode.AccessNotProven, a => Use(Index(Copy(a, out VariableDefinition copy).Emit(OpCodes.Call, a.Member("Callee")).Emit(OpCodes.Ldloc, copy))), Sfi);

    [Test]
    public void A_masked_copy_is_covered_behind_a_call_if_the_frame_is_trusted() => Accepts(
        a => Use(Copy(a, out VariableDefinition copy).Emit(OpCodes.Call, a.Member("Callee")).Emit(OpCodes.Ldloc, copy)), Sfi with { Trust = PointerTrust.Frame });

    [Test]
    public void A_masked_copy_whose_address_is_taken_is_not_covered() => Rejects(
        VerifierCode.AccessNotProven, a => Use(Index(Copy(a, out VariableDefinition copy).Emit(OpCodes.Ldloca, copy).Emit(OpCodes.Pop).Emit(OpCodes.Ldloc, copy))), Sfi);

    [Test]
    public void A_masked_copy_is_not_covered_in_a_handler() => Rejects(VerifierCode.AccessNotProven, a => InHandler(Copy(a, out VariableDefinition copy), copy), Sfi);

    [Test]
    public void What_lies_behind_a_mask_does_not_leave() => Rejects(VerifierCode.EscapeNotProven, a => Moved(Masked(a), 8).Emit(OpCodes.Call, a.Member("free")), Sfi);

    [Test]
    public void What_lies_behind_a_mask_does_not_become_a_reference() =>
        Rejects(VerifierCode.ConversionNotProven, a => Moved(Masked(a), 8).Emit(OpCodes.Call, a.Member("CalleeOf")), Sfi);

    [Test]
    public void Without_trust_what_lies_behind_a_mask_is_not_covered() =>
        Rejects(VerifierCode.AccessNotProven, a => Use(Moved(Masked(a), 8)), Sfi with { Trust = PointerTrust.None });

    [Test]
    public void A_mask_is_no_proof_where_the_stamp_says_that_addresses_are_compared() => Rejects(VerifierCode.AccessNotProven, a => Use(Moved(Masked(a), 8)));

    private static Assembler Masked(Assembler a) =>
        a.Emit(OpCodes.Ldarg_0).Emit(OpCodes.Ldc_I8, AccessTable.AddressSpaceLayout.AliasBit).Emit(OpCodes.Conv_U).Emit(OpCodes.Or);

    private static Assembler Copy(Assembler a, out VariableDefinition copy) => Masked(a).Emit(OpCodes.Stloc, copy = a.Pointer());

    private static Assembler Use(Assembler a) => a.Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop);

    private static Assembler Stepped(Assembler a, VariableDefinition copy) => Moved(a.Emit(OpCodes.Ldloc, copy), 4).Emit(OpCodes.Dup).Emit(OpCodes.Stloc, copy);

    private static Assembler Moved(Assembler a, long distance) => a.Emit(OpCodes.Ldc_I8, distance).Emit(OpCodes.Add);

    private static Assembler Far(Assembler a) => a.Emit(OpCodes.Ldarg, a.Body.Method.Parameters[4]).Emit(OpCodes.Add);

    private static Assembler Index(Assembler a) => a.Emit(OpCodes.Ldarg_1).Emit(OpCodes.Conv_I).Emit(OpCodes.Ldc_I4_4).Emit(OpCodes.Mul).Emit(OpCodes.Add);

    private static void Loop(Assembler a, Func<Assembler, Assembler> round)
    {
        Instruction head = a.Label();
        round(a.Mark(head)).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Brtrue, head);
    }

    private static Assembler OnOnePath(Assembler a, Func<Assembler, Assembler> one, Func<Assembler, Assembler> other)
    {
        (Instruction second, Instruction join) = (a.Label(), a.Label());
        VariableDefinition copy = a.Pointer();
        one(a.Emit(OpCodes.Ldarg_1).Emit(OpCodes.Brtrue, second)).Emit(OpCodes.Stloc, copy).Emit(OpCodes.Br, join);
        return other(a.Mark(second)).Emit(OpCodes.Stloc, copy).Mark(join).Emit(OpCodes.Ldloc, copy);
    }

    private static void InHandler(Assembler a, VariableDefinition copy)
    {
        (Instruction start, Instruction handler, Instruction end) = (a.Label(), a.Label(), a.Label());
        a.Mark(start).Emit(OpCodes.Leave, end).Mark(handler).Emit(OpCodes.Pop);
        Use(a.Emit(OpCodes.Ldloc, copy)).Emit(OpCodes.Leave, end).Mark(end);
        a.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Catch)
        {
            TryStart = start,
            TryEnd = handler,
            HandlerStart = handler,
            HandlerEnd = end,
            CatchType = a.Body.Method.Module.TypeSystem.Object,
        });
    }
}
