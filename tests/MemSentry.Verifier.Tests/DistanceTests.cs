using MemSentry.Analysis.Options;
using MemSentry.Verifier.Tests.Fixtures;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests;

/// <summary>What lies within reach of a checked address needs no check, and nothing else does.</summary>
[TestFixture]
internal sealed class DistanceTests : BodyTests
{
    private static readonly WeaverOptions Sfi = new() { ProtMethod = ProtectionMethod.Sfi };

    [Test]
    public void An_index_of_32_bits_is_within_reach() => Accepts(a => Use(Index(Pointer(Checked(a)))));

    [Test]
    public void A_check_of_the_moved_address_covers_the_pointer() => Accepts(a => Use(Pointer(CheckTop(Moved(Pointer(a), 8)))));

    [Test]
    public void A_check_of_an_address_that_an_index_moved_does_not_cover_another() =>
        Rejects(VerifierCode.AccessNotProven, a => Use(Moved(Pointer(CheckTop(Huge(Pointer(a)))), 8)));

    [TestCase((1L << 40) - (1L << 32), true)]
    [TestCase((1L << 40) - (1L << 31), false, Description = "a structure there would end behind the guard")]
    [TestCase(1L << 40, false)]
    [TestCase(-(1L << 40) + 1, true)]
    [TestCase(-(1L << 40), false)]
    [TestCase(long.MinValue, false)]
    [TestCase(long.MaxValue, false)]
    public void A_constant_is_within_reach_if_it_is_less_than_a_terabyte(long distance, bool isWithin)
    {
        void Body(Assembler a) => Use(Moved(Pointer(Checked(a)), distance));
        if (isWithin)
            Accepts(Body);
        else
            Rejects(VerifierCode.AccessNotProven, Body);
    }

    [Test]
    public void A_step_without_a_store_adds_up_in_a_loop() => Rejects(VerifierCode.AccessNotProven, a => Loop(Store(Checked(a)), Step, Use));

    [Test]
    public void A_store_after_each_step_does_not() => Accepts(a => Loop(Store(Checked(a)), x => Store(Step(x)), x => x));

    [Test]
    public void A_load_after_each_step_proves_nothing() => Rejects(VerifierCode.AccessNotProven, a => Loop(Store(Checked(a)), x => Use(Pointer(Step(x))), x => x));

    [Test]
    public void A_volatile_load_after_each_step_is_executed_in_any_case() =>
        Accepts(a => Loop(Store(Checked(a)), x => Pointer(Step(x)).Emit(OpCodes.Volatile).Emit(OpCodes.Ldind_U1).Emit(OpCodes.Pop), x => x));

    [Test]
    public void A_volatile_load_of_a_static_field_after_each_step_proves_nothing() => Rejects(VerifierCode.AccessNotProven, a =>
        Loop(Store(Checked(a)), x => Step(x).Emit(OpCodes.Volatile).Emit(OpCodes.Ldsfld, x.Body.Method.DeclaringType.Fields.Single(f => f.Name == "Kept")).Emit(OpCodes.Pop), Use));

    [Test]
    public void A_volatile_load_of_a_masked_address_proves_nothing() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        Pointer(a).Emit(OpCodes.Ldc_I8, 1L << 46).Emit(OpCodes.Conv_U).Emit(OpCodes.Or).Emit(OpCodes.Volatile).Emit(OpCodes.Ldind_U1).Emit(OpCodes.Pop);
        Use(Moved(Pointer(a), 8));
    }, Sfi);

    [Test]
    public void A_masked_store_proves_nothing() => Rejects(VerifierCode.AccessNotProven, a => Use(Moved(Pointer(MaskedStore(a)), 8)), Sfi);

    // Four times 2^62 is nothing, modulo 2^64.
    [Test]
    public void Steps_that_wrap_around_do_not_add_up_to_nothing() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        Pointer(a);
        for (int i = 0; i < 4; i++)
            Length(a).Emit(OpCodes.Ldc_I8, 1L << 62).Emit(OpCodes.And).Emit(OpCodes.Add);
        Use(Pointer(CheckTop(a)));
    });

    // Of the least of all numbers there is no opposite.
    [Test]
    public void The_least_number_or_none_at_all_is_not_none_at_all() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        Instruction least = a.Label();
        Instruction join = a.Label();
        Pointer(a).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Brtrue, least).Emit(OpCodes.Ldc_I8, 0L).Emit(OpCodes.Br, join);
        a.Mark(least).Emit(OpCodes.Ldc_I8, long.MinValue).Mark(join);
        Use(Pointer(CheckTop(a.Emit(OpCodes.Add))));
    });

    // RyuJIT adds 2^32 - 1 there.
    [Test]
    public void Minus_one_that_is_widened_with_zeros_is_not_minus_one() => Rejects(VerifierCode.AccessNotProven, a => Loop(
        Store(Checked(a)),
        x => SetPointer(Pointer(x).Emit(OpCodes.Ldc_I4_M1).Emit(OpCodes.Add_Ovf_Un).Emit(OpCodes.Ldc_I4_1).Emit(OpCodes.Add)),
        Use));

    [Test]
    public void An_index_that_was_alive_across_a_call_may_have_grown() =>
        Rejects(VerifierCode.AccessNotProven, a => Use(Index(Pointer(Checked(a.Emit(OpCodes.Call, a.Member("Callee")))))));

    [Test]
    public void A_distance_ends_at_a_call_even_if_the_frame_is_trusted() => Rejects(
        VerifierCode.AccessNotProven, a => Use(Moved(Pointer(CheckTop(Moved(Pointer(a), 8)).Emit(OpCodes.Call, a.Member("Callee"))), 4)), new WeaverOptions { Trust = PointerTrust.Frame });

    [Test]
    public void A_reference_is_not_displaced() => Rejects(VerifierCode.AccessNotProven, a =>
        a.Emit(OpCodes.Ldarg_2).Emit(OpCodes.Ldc_I4_4).Emit(OpCodes.Add).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop));

    [Test]
    public void What_leaves_is_not_displaced() => Rejects(VerifierCode.EscapeNotProven, a => Moved(Pointer(Checked(a)), 8).Emit(OpCodes.Call, a.Member("free")));

    [Test]
    public void Without_trust_a_distance_is_no_proof() =>
        Rejects(VerifierCode.AccessNotProven, a => Use(Moved(Pointer(Checked(a)), 8)), new WeaverOptions { Trust = PointerTrust.None });

    [TestCase("Pair", true)]
    [TestCase("Large", false)]
    [TestCase("Named", true, Description = "with structures of the framework inside whose size others have settled")]
    [TestCase("Wide", false, Description = "an alignment of sixteen bytes makes gaps")]
    [TestCase("Outer", false, Description = "another assembly's structure may have grown when the program runs")]
    [TestCase("Many", false, Description = "an inline array has more in it than its field")]
    [TestCase("Of`1", false, Description = "nobody knows how large a generic structure is")]
    public void An_index_of_structures_is_within_reach_if_they_are_small(string type, bool isWithin)
    {
        void Body(Assembler a) => Use(Pointer(Checked(a)).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Conv_I)
            .Emit(OpCodes.Sizeof, a.Body.Method.DeclaringType.NestedTypes.Single(t => t.Name == type)).Emit(OpCodes.Mul).Emit(OpCodes.Add));
        if (isWithin)
            Accepts(Body);
        else
            Rejects(VerifierCode.AccessNotProven, Body);
    }

    [TestCase("Pair", true)]
    [TestCase("Huge", false, Description = "the runtime believes what is declared, however few the fields")]
    [TestCase("Of`1", false, Description = "its type argument may be as large")]
    public void A_few_thousand_structures_are_within_reach_if_they_are_not_huge(string type, bool isWithin)
    {
        void Body(Assembler a) => Use(Pointer(Checked(a)).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Conv_I8).Emit(OpCodes.Ldc_I8, 4095).Emit(OpCodes.And).Emit(OpCodes.Conv_I)
            .Emit(OpCodes.Sizeof, a.Body.Method.DeclaringType.NestedTypes.Single(t => t.Name == type)).Emit(OpCodes.Mul).Emit(OpCodes.Add));
        if (isWithin)
            Accepts(Body);
        else
            Rejects(VerifierCode.AccessNotProven, Body);
    }

    private static Assembler Pointer(Assembler a) => a.Emit(OpCodes.Ldarg_0);

    private static Assembler SetPointer(Assembler a) => a.Emit(OpCodes.Starg, a.Body.Method.Parameters[0]);

    private static Assembler Length(Assembler a) => a.Emit(OpCodes.Ldarg, a.Body.Method.Parameters[4]);

    private static Assembler Checked(Assembler a) => Pointer(a).CheckAndPop();

    private static Assembler CheckTop(Assembler a) => a.Emit(OpCodes.Dup).CheckAndPop().Emit(OpCodes.Pop);

    private static Assembler Use(Assembler a) => a.Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop);

    private static Assembler Store(Assembler a) => Pointer(a).Emit(OpCodes.Ldc_I4_0).Emit(OpCodes.Stind_I4);

    private static Assembler MaskedStore(Assembler a) => Pointer(a)
        .Emit(OpCodes.Ldc_I8, AccessTable.AddressSpaceLayout.AliasBit).Emit(OpCodes.Conv_U).Emit(OpCodes.Or).Emit(OpCodes.Ldc_I4_0).Emit(OpCodes.Stind_I4);

    private static Assembler Moved(Assembler a, long distance) => a.Emit(OpCodes.Ldc_I8, distance).Emit(OpCodes.Add);

    private static Assembler Index(Assembler a) => a.Emit(OpCodes.Ldarg_1).Emit(OpCodes.Conv_I).Emit(OpCodes.Ldc_I4_4).Emit(OpCodes.Mul).Emit(OpCodes.Add);

    private static Assembler Huge(Assembler a) => Length(a).Emit(OpCodes.Add);

    private static Assembler Step(Assembler a) => SetPointer(Pointer(a).Emit(OpCodes.Ldc_I4_4).Emit(OpCodes.Add));

    /// <summary>Goes round until an argument is zero, then does the last.</summary>
    private static Assembler Loop(Assembler a, Func<Assembler, Assembler> round, Func<Assembler, Assembler> last)
    {
        Instruction head = a.Label();
        round(a.Mark(head)).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Brtrue, head);
        last(Pointer(a));
        return a.Code[^1].OpCode.Code == Code.Ldarg_0 ? a.Emit(OpCodes.Pop) : a;
    }
}
