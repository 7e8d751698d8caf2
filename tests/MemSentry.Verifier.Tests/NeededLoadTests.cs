using MemSentry.Analysis.Options;
using MemSentry.Verifier.Tests.Fixtures;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests;

/// <summary>A load whose value decides whether a loop goes on is evidence of its address; one that the JIT may leave out is none.</summary>
[TestFixture]
internal sealed class NeededLoadTests : BodyTests
{
    private static readonly WeaverOptions Sfi = new() { ProtMethod = ProtectionMethod.Sfi };

    /// <summary>Loads that can be anything between zero and the greatest value of their type.</summary>
    private static readonly OpCode[] Loads = [OpCodes.Ldind_U1, OpCodes.Ldind_U2, OpCodes.Ldind_I4];

    /// <summary>Loads that the rule does not speak of.</summary>
    private static readonly OpCode[] OtherLoads = [OpCodes.Ldind_I1, OpCodes.Ldind_I2, OpCodes.Ldind_U4, OpCodes.Ldind_I8, OpCodes.Ldind_I];

    [TestCaseSource(nameof(Loads))]
    public void A_value_that_ends_the_loop_when_it_is_zero_is_needed(OpCode load) => Accepts(a => Walk(a, (x, end) => x.Emit(load).Emit(OpCodes.Brfalse, end)));

    [Test]
    public void A_value_that_ends_the_loop_when_it_is_not_zero_is_needed() => Accepts(a => Walk(a, (x, end) => x.Emit(OpCodes.Ldind_I4).Emit(OpCodes.Brtrue, end)));

    [TestCaseSource(nameof(OtherLoads))]
    public void Another_load_is_not(OpCode load) => Rejects(VerifierCode.AccessNotProven, a => Walk(a, (x, end) => x.Emit(load).Emit(OpCodes.Brfalse, end)));

    [TestCase(1, true)]
    [TestCase(10, true)]
    [TestCase(254, true)]
    [TestCase(0, false, Description = "no byte is less")]
    [TestCase(255, false, Description = "no byte is greater")]
    [TestCase(256, false)]
    [TestCase(-1, false)]
    public void A_byte_that_is_compared_is_needed_if_it_may_be_on_either_side(int constant, bool isNeeded)
    {
        void Body(Assembler a) => Walk(a, (x, end) => Constant(x.Emit(OpCodes.Ldind_U1), constant).Emit(OpCodes.Bge_Un, end));
        if (isNeeded)
            Accepts(Body);
        else
            Rejects(VerifierCode.AccessNotProven, Body);
    }

    [TestCase(ushort.MaxValue - 1, true)]
    [TestCase(ushort.MaxValue, false)]
    public void So_is_a_number_of_16_bits(int constant, bool isNeeded)
    {
        void Body(Assembler a) => Walk(a, (x, end) => Constant(x.Emit(OpCodes.Ldind_U2), constant).Emit(OpCodes.Bgt, end));
        if (isNeeded)
            Accepts(Body);
        else
            Rejects(VerifierCode.AccessNotProven, Body);
    }

    [Test]
    public void A_value_that_is_compared_with_no_constant_is_not() =>
        Rejects(VerifierCode.AccessNotProven, a => Walk(a, (x, end) => x.Emit(OpCodes.Ldind_U1).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Beq, end)));

    [Test]
    public void A_value_that_is_changed_before_is_not() => Rejects(
        VerifierCode.AccessNotProven, a => Walk(a, (x, end) => x.Emit(OpCodes.Ldind_U1).Emit(OpCodes.Ldc_I4_0).Emit(OpCodes.And).Emit(OpCodes.Brtrue, end)));

    [Test]
    public void A_value_that_waits_in_a_variable_is_not() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        VariableDefinition value = a.Local(a.Body.Method.Module.TypeSystem.Int32);
        Walk(a, (x, end) => x.Emit(OpCodes.Ldind_U1).Emit(OpCodes.Stloc, value).Emit(OpCodes.Ldloc, value).Emit(OpCodes.Brfalse, end));
    });

    [Test]
    public void A_value_that_chooses_between_more_than_two_ways_is_not() => Rejects(VerifierCode.AccessNotProven, a => Walk(a, (x, end) =>
    {
        x.Emit(OpCodes.Ldind_U1).Code.Add(Instruction.Create(OpCodes.Switch, [end]));
        return x;
    }));

    [Test]
    public void A_value_that_nobody_looks_at_is_not() =>
        Rejects(VerifierCode.AccessNotProven, a => Walk(a, (x, end) => x.Emit(OpCodes.Ldind_U1).Emit(OpCodes.Pop).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Brfalse, end)));

    [Test]
    public void It_says_nothing_of_another_pointer() => Rejects(VerifierCode.AccessNotProven, a => Walk(
        a, (x, end) => x.Emit(OpCodes.Pop).Emit(OpCodes.Ldarg, x.Body.Method.Parameters[6]).Emit(OpCodes.Ldind_U1).Emit(OpCodes.Brfalse, end), checksOther: true));

    [Test]
    public void It_says_nothing_where_the_address_was_out_of_reach() => Rejects(
        VerifierCode.AccessNotProven, a => Walk(a, (x, end) => x.Emit(OpCodes.Ldc_I8, 1L << 40).Emit(OpCodes.Add).Emit(OpCodes.Ldind_U1).Emit(OpCodes.Brfalse, end)));

    [Test]
    public void It_says_nothing_of_what_was_masked() => Rejects(
        VerifierCode.AccessNotProven,
        a => Walk(a, (x, end) => x.Emit(OpCodes.Ldc_I8, AccessTable.AddressSpaceLayout.AliasBit).Emit(OpCodes.Conv_U).Emit(OpCodes.Or).Emit(OpCodes.Ldind_U1).Emit(OpCodes.Brfalse, end)),
        Sfi);

    [Test]
    public void A_step_may_be_long() => Accepts(a => Walk(a, (x, end) => x.Emit(OpCodes.Ldind_U1).Emit(OpCodes.Brfalse, end), 1L << 38));

    [Test]
    public void A_step_may_not_be_longer_than_an_access_reaches() =>
        Rejects(VerifierCode.AccessNotProven, a => Walk(a, (x, end) => x.Emit(OpCodes.Ldind_U1).Emit(OpCodes.Brfalse, end), 1L << 40));

    [Test]
    public void It_ends_at_a_call() => Rejects(VerifierCode.AccessNotProven, a => Walk(
        a, (x, end) => x.Emit(OpCodes.Ldind_U1).Emit(OpCodes.Brfalse, end).Emit(OpCodes.Call, x.Member("Callee"))));

    /// <summary>Goes on from a checked pointer, step by step, until <paramref name="test"/>, which has the pointer on the stack, leads to the end.</summary>
    private static void Walk(Assembler a, Func<Assembler, Instruction, Assembler> test, long step = 4, bool checksOther = false)
    {
        (Instruction head, Instruction end) = (a.Label(), a.Label());
        a.Emit(OpCodes.Ldarg_0).CheckAndPop();
        if (checksOther)
            a.Emit(OpCodes.Ldarg, a.Body.Method.Parameters[6]).CheckAndPop();
        test(a.Mark(head).Emit(OpCodes.Ldarg_0), end)
            .Emit(OpCodes.Ldarg_0).Emit(OpCodes.Ldc_I8, step).Emit(OpCodes.Add).Emit(OpCodes.Starg, a.Body.Method.Parameters[0])
            .Emit(OpCodes.Br, head).Mark(end).Emit(OpCodes.Ldarg_0).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop);
    }

    private static Assembler Constant(Assembler a, int constant)
    {
        a.Code.Add(Instruction.Create(OpCodes.Ldc_I4, constant));
        return a;
    }
}
