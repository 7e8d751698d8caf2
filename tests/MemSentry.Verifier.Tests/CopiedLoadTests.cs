using MemSentry.Analysis.Options;
using MemSentry.Verifier.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests;

/// <summary>A load that is stored at once, while both pointers move on, is evidence of its address: <c>*to++ = *from++</c>.</summary>
[TestFixture]
internal sealed class CopiedLoadTests : BodyTests
{
    private const int LongestStep = 4096;
    private static readonly WeaverOptions Sfi = new() { ProtMethod = ProtectionMethod.Sfi };

    [Test]
    public void A_copy_between_two_pointers_that_move_on_is_evidence_of_both() => Accepts(a => Loop(a, x => Store(Load(From(To(x))))));

    [Test]
    public void They_may_move_backwards() => Accepts(a => Loop(a, x => Store(Load(From(To(x, -4), -4)))));

    [Test]
    public void They_may_move_on_first() => Accepts(a => Loop(a, x => Store(Load(AtFrom(AtTo(MovedFrom(MovedTo(x)), 4), 4)))));

    [Test]
    public void A_load_that_is_not_stored_is_none() => Rejects(VerifierCode.AccessNotProven, a => Loop(a, x => Load(From(x)).Emit(OpCodes.Pop)));

    [Test]
    public void A_load_that_is_changed_before_it_is_stored_is_none() =>
        Rejects(VerifierCode.AccessNotProven, a => Loop(a, x => Store(Load(From(To(x))).Emit(OpCodes.Ldc_I4_0).Emit(OpCodes.And))));

    [Test]
    public void A_load_that_is_stored_in_a_variable_is_none() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        VariableDefinition value = a.Local(a.Body.Method.Module.TypeSystem.Int32);
        Loop(a, x => Load(From(x)).Emit(OpCodes.Stloc, value));
    });

    /// <summary>The last of the stores would do.</summary>
    [Test]
    public void A_copy_to_one_place_is_none() => Rejects(VerifierCode.AccessNotProven, a => Loop(a, x => Store(Load(From(AtTo(x))))));

    [Test]
    public void A_copy_whose_source_moves_on_behind_it_is_none() => Rejects(VerifierCode.AccessNotProven, a => Loop(a, x => MovedFrom(Store(Load(AtFrom(To(x)))))));

    [TestCase(LongestStep, true)]
    [TestCase(LongestStep + 1, false)]
    [TestCase(-LongestStep - 1, false)]
    public void A_step_may_be_as_long_as_a_page(int step, bool isEvidence)
    {
        void Body(Assembler a) => Loop(a, x => Store(Load(From(To(x, step), step))));
        if (isEvidence)
            Accepts(Body);
        else
            Rejects(VerifierCode.AccessNotProven, Body);
    }

    [Test]
    public void A_source_that_moves_on_by_an_unknown_number_gives_none() => Rejects(VerifierCode.AccessNotProven, a => Loop(a, x => Store(Load(
        To(x).Emit(OpCodes.Ldarg, SourceOf(x)).Emit(OpCodes.Dup).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Conv_I).Emit(OpCodes.Add).Emit(OpCodes.Starg, SourceOf(x))))));

    [Test]
    public void A_copy_from_a_masked_source_is_none() => Rejects(VerifierCode.AccessNotProven, a => Loop(a, x => Store(Load(
        From(To(x)).Emit(OpCodes.Ldc_I8, AccessTable.AddressSpaceLayout.AliasBit).Emit(OpCodes.Conv_U).Emit(OpCodes.Or)))), Sfi);

    [Test]
    public void It_ends_at_a_call() => Rejects(VerifierCode.AccessNotProven, a => Loop(a, x => Store(Load(From(To(x)))).Emit(OpCodes.Call, x.Member("Callee"))));

    /// <summary>Checks both pointers, goes round until an argument is zero, then reads where the source has come to.</summary>
    private static void Loop(Assembler a, Func<Assembler, Assembler> round)
    {
        Instruction head = a.Label();
        a.Emit(OpCodes.Ldarg_0).CheckAndPop().Emit(OpCodes.Ldarg, SourceOf(a)).CheckAndPop();
        round(a.Mark(head)).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Brtrue, head).Emit(OpCodes.Ldarg, SourceOf(a)).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop);
    }

    private static ParameterDefinition DestinationOf(Assembler a) => a.Body.Method.Parameters[0];

    private static ParameterDefinition SourceOf(Assembler a) => a.Body.Method.Parameters[6];

    private static Assembler To(Assembler a, long step = 4) => Postfix(a, DestinationOf(a), step);

    private static Assembler From(Assembler a, long step = 4) => Postfix(a, SourceOf(a), step);

    private static Assembler AtTo(Assembler a, long back = 0) => At(a, DestinationOf(a), back);

    private static Assembler AtFrom(Assembler a, long back = 0) => At(a, SourceOf(a), back);

    private static Assembler MovedTo(Assembler a) => Postfix(a, DestinationOf(a), 4).Emit(OpCodes.Pop);

    private static Assembler MovedFrom(Assembler a) => Postfix(a, SourceOf(a), 4).Emit(OpCodes.Pop);

    private static Assembler At(Assembler a, ParameterDefinition pointer, long back) => a.Emit(OpCodes.Ldarg, pointer).Emit(OpCodes.Ldc_I8, -back).Emit(OpCodes.Add);

    /// <summary>What the pointer was, while it moves on.</summary>
    private static Assembler Postfix(Assembler a, ParameterDefinition pointer, long step) =>
        a.Emit(OpCodes.Ldarg, pointer).Emit(OpCodes.Dup).Emit(OpCodes.Ldc_I8, step).Emit(OpCodes.Add).Emit(OpCodes.Starg, pointer);

    private static Assembler Load(Assembler a) => a.Emit(OpCodes.Ldind_I4);

    private static Assembler Store(Assembler a) => a.Emit(OpCodes.Stind_I4);
}
