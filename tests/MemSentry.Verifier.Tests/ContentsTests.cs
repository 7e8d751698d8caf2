using MemSentry.Verifier.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests;

/// <summary>Who answers for the references inside a span.</summary>
[TestFixture]
internal sealed class ContentsTests : BodyTests
{
    [Test]
    public void Span_that_was_received_stands() => Accepts(a => PassOn(a.Emit(OpCodes.Ldarg_3)));

    [Test]
    public void Span_behind_a_reference_that_was_received_stands() => Accepts(a => PassOn(a.Emit(OpCodes.Ldarg, Lent(a)).Emit(OpCodes.Ldobj, SpanType(a))));

    [Test]
    public void Span_read_through_a_checked_pointer_does_not() => Rejects(VerifierCode.ReferencesFromNowhere, a => PassOn(ThroughPointer(a)));

    [Test]
    public void Span_read_through_a_pointer_may_be_kept_in_a_variable() => Accepts(a => ThroughPointer(a).Emit(OpCodes.Stloc, a.Local(SpanType(a))));

    [Test]
    public void But_not_in_one_whose_address_is_taken() => Rejects(VerifierCode.ReferencesFromNowhere, a =>
    {
        VariableDefinition shared = a.Local(SpanType(a));
        ThroughPointer(a).Emit(OpCodes.Stloc, shared).Emit(OpCodes.Ldloca, shared).Emit(OpCodes.Pop);
    });

    [Test]
    public void Nor_behind_a_reference() => Rejects(VerifierCode.ReferencesFromNowhere, a =>
        ThroughPointer(a.Emit(OpCodes.Ldarg, Lent(a))).Emit(OpCodes.Stobj, SpanType(a)));

    [Test]
    public void Span_from_trusted_code_does_not_stand() => Rejects(VerifierCode.ReferencesFromNowhere, a => PassOn(a.Emit(OpCodes.Call, a.Member("Trusted"))));

    [Test]
    public void Empty_span_stands() => Accepts(a =>
    {
        VariableDefinition local = a.Local(SpanType(a));
        PassOn(a.Emit(OpCodes.Ldloca, local).Emit(OpCodes.Initobj, SpanType(a)).Emit(OpCodes.Ldloc, local));
    });

    [Test]
    public void Span_that_trusted_code_may_have_filled_does_not() => Rejects(VerifierCode.ReferencesFromNowhere, a =>
    {
        VariableDefinition local = a.Local(SpanType(a));
        PassOn(a.Emit(OpCodes.Ldloca, local).Emit(OpCodes.Call, a.Member("Fill")).Emit(OpCodes.Ldloc, local));
    });

    [Test]
    public void Span_whose_address_becomes_a_number_does_not() => Rejects(VerifierCode.ReferencesFromNowhere, a =>
    {
        VariableDefinition local = a.Local(SpanType(a));
        a.Emit(OpCodes.Ldloca, local).Emit(OpCodes.Conv_U).Emit(OpCodes.Ldarg, a.Body.Method.Parameters[4]).Emit(OpCodes.Stind_I8);
        PassOn(a.Emit(OpCodes.Ldloc, local));
    });

    [Test]
    public void Number_that_is_only_checked_does_no_harm() => Accepts(a =>
    {
        VariableDefinition local = a.Local(SpanType(a));
        PassOn(a.Emit(OpCodes.Ldloca, local).CheckAndPop().Emit(OpCodes.Ldloc, local));
    });

    [Test]
    public void Number_may_come_from_a_branch_that_runs_later() => Rejects(VerifierCode.ReferencesFromNowhere, a =>
    {
        VariableDefinition local = a.Local(SpanType(a));
        Instruction head = a.Label();
        PassOn(a.Mark(head).Emit(OpCodes.Ldloc, local));
        a.Emit(OpCodes.Ldloca, local).Emit(OpCodes.Conv_U).Emit(OpCodes.Ldc_I4_1).Emit(OpCodes.Add).Emit(OpCodes.Pop).Emit(OpCodes.Br, head);
    });

    [Test]
    public void Lent_span_is_not_overwritten_as_a_number() => Rejects(VerifierCode.ReferencesFromNowhere, a =>
        a.Emit(OpCodes.Ldarg, Lent(a)).Emit(OpCodes.Ldarg, a.Body.Method.Parameters[4]).Emit(OpCodes.Stind_I8));

    private static TypeReference SpanType(Assembler a) => a.Body.Method.Parameters[3].ParameterType;

    private static ParameterDefinition Lent(Assembler a) => a.Body.Method.Parameters[5];

    private static Assembler ThroughPointer(Assembler a) => a.Emit(OpCodes.Ldarg_0).CheckAndPop().Emit(OpCodes.Ldarg_0).Emit(OpCodes.Ldobj, SpanType(a));

    private static Assembler PassOn(Assembler a) => a.Emit(OpCodes.Call, a.Member("CalleeOfSpan"));
}
