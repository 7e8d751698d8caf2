using MemSentry.Analysis.Options;
using MemSentry.Verifier.Tests.Fixtures;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests;

/// <summary>A load decides whether a loop goes on if it stands before a branch with one side inside and one outside of a loop that is entered at one place.</summary>
[TestFixture]
internal sealed class LoopExitTests : BodyTests
{
    private static readonly WeaverOptions TrustInFrames = new() { Trust = PointerTrust.Frame };

    [Test]
    public void A_branch_at_the_head_leaves_the_loop() => Accepts(a =>
    {
        (Instruction head, Instruction end) = (a.Label(), a.Label());
        Use(Step(Load(Checked(a).Mark(head)).Emit(OpCodes.Brfalse, end)).Emit(OpCodes.Br, head).Mark(end));
    });

    [Test]
    public void A_branch_at_the_bottom_leaves_the_loop() => Accepts(a =>
    {
        Instruction head = a.Label();
        Use(Load(Step(Checked(a).Mark(head))).Emit(OpCodes.Brtrue, head));
    });

    [Test]
    public void A_branch_in_the_middle_leaves_the_loop() => Accepts(a =>
    {
        (Instruction head, Instruction end) = (a.Label(), a.Label());
        Use(Load(Step(Checked(a).Mark(head))).Emit(OpCodes.Brfalse, end).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Brtrue, head).Mark(end));
    });

    [Test]
    public void A_branch_that_leaves_the_inner_loop_leaves_one() => Accepts(a =>
    {
        (Instruction outer, Instruction inner) = (a.Label(), a.Label());
        Use(Load(Step(Checked(a).Mark(outer).Mark(inner))).Emit(OpCodes.Brtrue, inner).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Brtrue, outer));
    });

    [Test]
    public void A_branch_out_of_both_loops_leaves_them() => Accepts(a =>
    {
        (Instruction outer, Instruction inner, Instruction end) = (a.Label(), a.Label(), a.Label());
        Load(Step(Checked(a).Mark(outer).Mark(inner))).Emit(OpCodes.Brfalse, end).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Brtrue, inner).Emit(OpCodes.Br, outer);
        Use(a.Mark(end));
    });

    [Test]
    public void A_branch_with_both_sides_in_the_loop_leaves_none() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        (Instruction head, Instruction join) = (a.Label(), a.Label());
        Use(Load(Step(Checked(a).Mark(head))).Emit(OpCodes.Brfalse, join).Emit(OpCodes.Nop).Mark(join).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Brtrue, head));
    });

    [Test]
    public void A_branch_with_both_sides_at_one_place_leaves_none() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        (Instruction head, Instruction end) = (a.Label(), a.Label());
        Step(Checked(a).Mark(head)).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Brtrue, head);
        Use(Load(a).Emit(OpCodes.Brtrue, end).Mark(end));
    });

    /// <summary>What would be accepted if the load of the tests below were evidence, as a store is.</summary>
    [Test]
    public void Evidence_far_away_allows_to_go_as_far_again() => Accepts(a => Use(Far(Store(Far(Checked(a))))));

    [Test]
    public void A_branch_outside_of_loops_leaves_none() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        Instruction end = a.Label();
        Use(Far(Load(Far(Checked(a))).Emit(OpCodes.Brfalse, end)).Mark(end));
    });

    [Test]
    public void A_branch_behind_the_loop_leaves_none() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        (Instruction head, Instruction end) = (a.Label(), a.Label());
        Far(Checked(a)).Mark(head).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Brtrue, head);
        Use(Far(Load(a).Emit(OpCodes.Brfalse, end)).Mark(end));
    });

    [Test]
    public void A_loop_that_is_entered_at_two_places_is_none() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        (Instruction head, Instruction middle, Instruction end) = (a.Label(), a.Label(), a.Label());
        Checked(a).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Brtrue, middle);
        Use(Load(Step(a.Mark(head)).Mark(middle)).Emit(OpCodes.Brfalse, end).Emit(OpCodes.Br, head).Mark(end));
    });

    /// <summary>Nothing leads to a handler that the search for loops could follow.</summary>
    [Test]
    public void A_loop_in_a_handler_is_none() => Rejects(VerifierCode.AccessNotProven, a => LoopInHandler(a, x => x), TrustInFrames);

    [Test]
    public void A_loop_in_a_handler_may_rest_on_stores() => Accepts(a => LoopInHandler(a, Store), TrustInFrames);

    private static void LoopInHandler(Assembler a, Func<Assembler, Assembler> round)
    {
        (Instruction start, Instruction head, Instruction end) = (a.Label(), a.Label(), a.Label());
        Instruction handler = Instruction.Create(OpCodes.Pop);
        a.Mark(start).Emit(OpCodes.Leave, end).Mark(handler);
        Use(Load(round(Step(Checked(a).Mark(head)))).Emit(OpCodes.Brtrue, head)).Emit(OpCodes.Leave, end).Mark(end);
        a.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Catch)
        {
            TryStart = start,
            TryEnd = handler,
            HandlerStart = handler,
            HandlerEnd = end,
            CatchType = a.Body.Method.Module.TypeSystem.Object,
        });
    }

    private static Assembler Checked(Assembler a) => a.Emit(OpCodes.Ldarg_0).CheckAndPop();

    private static Assembler Load(Assembler a) => a.Emit(OpCodes.Ldarg_0).Emit(OpCodes.Ldind_U1);

    private static Assembler Store(Assembler a) => a.Emit(OpCodes.Ldarg_0).Emit(OpCodes.Ldc_I4_0).Emit(OpCodes.Stind_I4);

    private static Assembler Use(Assembler a) => a.Emit(OpCodes.Ldarg_0).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop);

    private static Assembler Step(Assembler a) => Moved(a, 4);

    private static Assembler Far(Assembler a) => Moved(a, 900L << 30);

    private static Assembler Moved(Assembler a, long distance) =>
        a.Emit(OpCodes.Ldarg_0).Emit(OpCodes.Ldc_I8, distance).Emit(OpCodes.Add).Emit(OpCodes.Starg, a.Body.Method.Parameters[0]);
}
