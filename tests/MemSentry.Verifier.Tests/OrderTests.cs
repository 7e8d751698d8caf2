using MemSentry.Analysis.Options;
using MemSentry.Verifier.Tests.Fixtures;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests;

/// <summary>A length of 64 bits that comparisons bound is within reach of a checked pointer; where they say nothing of it, it is not.</summary>
[TestFixture]
internal sealed class OrderTests : BodyTests
{
    private static readonly WeaverOptions Sfi = new() { ProtMethod = ProtectionMethod.Sfi };

    [Test]
    public void A_number_between_two_constants_is_bounded() => Accepts(a => Bounded(Checked(a), x => Use(Far(Pointer(x)))));

    [Test]
    public void So_it_is_behind_a_mask() => Accepts(a => Bounded(a, x => Use(Far(Masked(x)))), Sfi);

    [Test]
    public void A_constant_on_the_left_bounds_too() => Accepts(a =>
    {
        Instruction end = Checked(a).Label();
        Length(a.Emit(OpCodes.Ldc_I8, -1L)).Emit(OpCodes.Bgt, end);
        Length(a.Emit(OpCodes.Ldc_I8, 1000L)).Emit(OpCodes.Ble, end);
        Use(Far(Pointer(a))).Mark(end);
    });

    [Test]
    public void Less_without_sign_than_a_constant_is_bounded() => Accepts(a => Unless(Checked(a), OpCodes.Bge_Un, 1000, x => Use(Far(Pointer(x)))));

    [Test]
    public void An_int32_that_was_widened_by_its_sign_is_bounded_with_it() => Accepts(a =>
    {
        Instruction end = Checked(a).Label();
        a.Emit(OpCodes.Ldarg_1).Emit(OpCodes.Conv_I8).Emit(OpCodes.Ldc_I8, 0L).Emit(OpCodes.Blt, end);
        Use(Pointer(a).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Conv_U8).Emit(OpCodes.Ldc_I8, 256L).Emit(OpCodes.Mul).Emit(OpCodes.Add)).Mark(end);
    });

    [TestCase(Code.Blt)]
    [TestCase(Code.Ble)]
    [TestCase(Code.Blt_Un)]
    [TestCase(Code.Ble_Un)]
    public void The_edge_on_which_a_number_is_greater_gives_no_upper_bound(Code branch) => Rejects(VerifierCode.AccessNotProven, a => Unless(Checked(a), Opcode(branch), 1000, x => Use(Far(Pointer(x)))));

    [TestCase(Code.Bgt)]
    [TestCase(Code.Bge)]
    public void A_compare_with_sign_gives_no_lower_bound(Code branch) => Rejects(VerifierCode.AccessNotProven, a => Unless(Checked(a), Opcode(branch), 1000, x => Use(Far(Pointer(x)))));

    [Test]
    public void Less_without_sign_than_what_may_be_negative_says_nothing() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        Instruction end = Checked(a).Label();
        Length(a).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Conv_I8).Emit(OpCodes.Bge_Un, end);
        Use(Far(Pointer(a))).Mark(end);
    });

    [Test]
    public void A_number_that_is_stored_behind_the_compare_is_not_bounded() => Rejects(VerifierCode.AccessNotProven, a => Bounded(Checked(a), x =>
    {
        Length(x).Emit(OpCodes.Ldarg, x.Body.Method.Parameters[6]).Emit(OpCodes.Add).Emit(OpCodes.Starg, x.Body.Method.Parameters[4]);
        Use(Far(Pointer(x)));
    }));

    [Test]
    public void What_both_edges_reach_is_not_bounded() => Rejects(VerifierCode.AccessNotProven, a => Use(Far(Pointer(Bounded(Checked(a), x => x.Emit(OpCodes.Nop))))));

    [Test]
    public void A_number_that_was_there_before_a_call_is_not_bounded_behind_it() =>
        Rejects(VerifierCode.AccessNotProven, a => Bounded(a.Emit(OpCodes.Call, a.Member("Callee")), x => Use(Far(Checked(Fresh(x))))));

    [Test]
    public void A_bound_ends_at_a_call() => Rejects(VerifierCode.AccessNotProven, a => Bounded(a, x => Use(Far(Checked(Fresh(x.Emit(OpCodes.Call, x.Member("Callee"))))))));

    [Test]
    public void A_number_whose_address_is_taken_is_not_bounded() =>
        Rejects(VerifierCode.AccessNotProven, a => Bounded(Checked(a.Emit(OpCodes.Ldarga, a.Body.Method.Parameters[4]).Emit(OpCodes.Pop)), x => Use(Far(Pointer(x)))));

    private static OpCode Opcode(Code code) => code switch
    {
        Code.Blt => OpCodes.Blt,
        Code.Ble => OpCodes.Ble,
        Code.Blt_Un => OpCodes.Blt_Un,
        Code.Ble_Un => OpCodes.Ble_Un,
        Code.Bgt => OpCodes.Bgt,
        _ => OpCodes.Bge,
    };

    private static Assembler Pointer(Assembler a) => a.Emit(OpCodes.Ldarg_0);

    private static Assembler Length(Assembler a) => a.Emit(OpCodes.Ldarg, a.Body.Method.Parameters[4]);

    private static Assembler Far(Assembler a) => Length(a).Emit(OpCodes.Add);

    private static Assembler Use(Assembler a) => a.Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop);

    private static Assembler Masked(Assembler a) => Pointer(a).Emit(OpCodes.Ldc_I8, AccessTable.AddressSpaceLayout.AliasBit).Emit(OpCodes.Conv_U).Emit(OpCodes.Or);

    /// <summary>Checks the pointer, or what lies on top of the stack and stays there.</summary>
    private static Assembler Checked(Assembler a) => a.Code.Count > 0 && a.Code[^1].OpCode.Code == Code.Ldind_I ? a.Emit(OpCodes.Dup).CheckAndPop() : Pointer(a).CheckAndPop();

    /// <summary>A pointer that was made new.</summary>
    private static Assembler Fresh(Assembler a)
    {
        VariableDefinition copy = a.Pointer();
        return Pointer(a).Emit(OpCodes.Stloc, copy).Emit(OpCodes.Ldloca, copy).Emit(OpCodes.Volatile).Emit(OpCodes.Ldind_I);
    }

    private static Assembler Bounded(Assembler a, Action<Assembler> inside) => Unless(a, OpCodes.Blt, 0, x => Unless(x, OpCodes.Bge, 1000, inside));

    /// <summary>Does something unless a branch on the length and a constant is taken.</summary>
    private static Assembler Unless(Assembler a, OpCode branch, long constant, Action<Assembler> otherwise)
    {
        Instruction end = a.Label();
        Length(a).Emit(OpCodes.Ldc_I8, constant).Emit(branch, end);
        otherwise(a);
        return a.Mark(end);
    }
}
