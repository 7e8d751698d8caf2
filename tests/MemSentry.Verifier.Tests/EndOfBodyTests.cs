using MemSentry.Verifier.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests;

/// <summary>Bodies end in more ways than <c>ret</c>. Each is judged or rejected by name; none stops the verifier.</summary>
[TestFixture]
internal sealed class EndOfBodyTests : BodyTests
{
    [TestCase("Plain", "SamePlain")]
    public void Jump_that_hands_on_numbers_and_objects_is_accepted(string member, string target) =>
        Assert.That(Verify(a => a.Emit(OpCodes.Jmp, a.Member(target)), member: member), Is.Empty);

    [TestCase("Run", "Callee", TestName = "Jump_to_another_signature_is_rejected")]
    [TestCase("Plain", "Mixed", TestName = "Jump_that_makes_a_number_an_address_is_rejected")]
    [TestCase("Numbered", "SameNumbered", TestName = "Jump_with_a_native_integer_is_rejected")]
    [TestCase("CalleeOf", "CalleeOf", TestName = "Jump_with_a_reference_is_rejected")]
    [TestCase("CalleeOfSpan", "CalleeOfSpan", TestName = "Jump_with_a_span_is_rejected")]
    [TestCase("Handled", "SameHandled", TestName = "Jump_with_a_handle_is_rejected")]
    [TestCase("Any", "SameAny", TestName = "Jump_with_a_type_parameter_is_rejected")]
    [TestCase("OfPlain", "SameOfPlain", TestName = "Jump_that_returns_a_reference_is_rejected")]
    [TestCase("SpanOf", "SameSpanOf", TestName = "Jump_that_returns_a_span_is_rejected")]
    public void Jump_is_rejected(string member, string target) =>
        AssertRejected(Verify(a => a.Emit(OpCodes.Jmp, Called(a, target)), member: member), $" C::{member}");

    [Test]
    public void Access_before_a_jump_needs_its_proof() =>
        Assert.That(Verify(a => a.Emit(OpCodes.Ldarg_1).Emit(OpCodes.Conv_I).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop).Emit(OpCodes.Jmp, a.Member("SamePlain")), member: "Plain")
            .Select(f => f.Code), Is.EqualTo([VerifierCode.AccessNotProven]));

    [Test]
    public void Body_without_an_end_is_rejected() => AssertRejected(Verify(a => a.Emit(OpCodes.Nop)), " C::Run");

    [Test]
    public void Body_that_ends_in_a_branch_not_taken_is_rejected() => AssertRejected(Verify(a =>
    {
        Instruction start = a.Label();
        a.Mark(start).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Brtrue, start);
    }), " C::Run");

    [Test]
    public void Body_that_ends_in_a_switch_is_rejected() => AssertRejected(Verify(a =>
    {
        Instruction start = a.Label();
        a.Mark(start).Emit(OpCodes.Ldarg_1).Code.Add(Instruction.Create(OpCodes.Switch, [start]));
    }), " C::Run");

    [Test]
    public void Body_that_ends_in_a_call_is_rejected() => AssertRejected(Verify(a => a.Emit(OpCodes.Call, a.Member("Callee"))), " C::Run");

    [Test]
    public void Body_that_ends_in_a_prefix_is_rejected() => AssertRejected(Verify(a => a.Emit(OpCodes.Tail)), " C::Run");

    [Test]
    public void Tail_call_owes_what_a_call_owes() =>
        Assert.That(Verify(a => a.Emit(OpCodes.Ldarg_0).Emit(OpCodes.Tail).Emit(OpCodes.Call, a.Member("free")).Emit(OpCodes.Ldc_I4_0).Emit(OpCodes.Ret)).Select(f => f.Code),
            Is.EqualTo([VerifierCode.EscapeNotProven]));

    // Code that no path leads to never runs: RyuJIT does not even import it.
    [Test]
    public void Dead_code_owes_nothing() => Assert.That(Verify(a => a.Emit(OpCodes.Ldc_I4_0).Emit(OpCodes.Ret).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Jmp, a.Member("Callee"))), Is.Empty);

    [Test]
    public void Endless_loop_is_accepted() => Assert.That(Verify(a =>
    {
        Instruction start = a.Label();
        a.Mark(start).Emit(OpCodes.Br, start);
    }), Is.Empty);

    [Test]
    public void Throw_of_nothing_is_accepted() => Assert.That(Verify(a => a.Emit(OpCodes.Ldnull).Emit(OpCodes.Throw)), Is.Empty);

    // Not valid where they stand, so that the runtime refuses the member: whatever the verdict, there has to be one.
    [TestCase("endfinally")]
    [TestCase("endfilter")]
    [TestCase("rethrow")]
    [TestCase("ret")]
    [TestCase("throw")]
    [TestCase("localloc")]
    [TestCase("ldftn")]
    [TestCase("readonly.")]
    [TestCase("volatile.")]
    public void Misplaced_end_is_judged(string opcode) => Assert.That(() => Verify(a => EmitAnything(a, opcode)).Select(f => f.ToString()), Has.None.Contains("damaged"));

    [Test]
    public void Handler_that_ends_in_a_jump_is_rejected_if_it_hands_addresses_on() => AssertRejected(Verify(a =>
    {
        Instruction first = a.Label();
        Instruction handler = Instruction.Create(OpCodes.Pop);
        Instruction end = a.Label();
        a.Mark(first).Emit(OpCodes.Call, a.Member("Callee")).Emit(OpCodes.Leave, end).Mark(handler).Emit(OpCodes.Jmp, a.Member("Run")).Mark(end).Emit(OpCodes.Ldc_I4_0).Emit(OpCodes.Ret);
        a.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Catch)
        {
            TryStart = first,
            TryEnd = handler,
            HandlerStart = handler,
            HandlerEnd = end,
            CatchType = a.Body.Method.Module.TypeSystem.Object,
        });
    }), " C::Run");

    private static void EmitAnything(Assembler a, string opcode)
    {
        OpCode found = HostileBodies.Opcodes.Single(o => o.Name == opcode);
        if (found.OperandType == OperandType.InlineMethod)
            a.Emit(found, a.Member("Callee"));
        else
            a.Emit(found);
    }

    private static MethodReference Called(Assembler a, string target)
    {
        MethodDefinition member = a.Member(target);
        if (!member.HasGenericParameters)
            return member;

        var instance = new GenericInstanceMethod(member);
        instance.GenericArguments.Add(a.Body.Method.GenericParameters[0]);
        return instance;
    }

    private static void AssertRejected(IReadOnlyList<Finding> findings, string member)
    {
        Assert.That(findings.Select(f => f.Code), Is.EqualTo([VerifierCode.NotUnderstood]));
        Assert.That(findings[0].Member, Does.Contain(member));
        Assert.That(findings[0].Reason, Does.Not.Contain("damaged"));
    }
}
