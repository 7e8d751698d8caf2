using MemSentry.Analysis.Options;
using MemSentry.Verifier.Tests.Fixtures;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests;

/// <summary>Behind a call, a check or mask of what was there before is none: the JIT may take the one before the call.</summary>
[TestFixture]
internal sealed class OldNumberTests : BodyTests
{
    private static readonly WeaverOptions Sfi = new() { ProtMethod = ProtectionMethod.Sfi };

    [Test]
    public void A_check_of_what_was_there_before_a_call_is_none() => Rejects(VerifierCode.AccessNotProven, a => Use(Pointer(Checked(Call(a)))));

    [Test]
    public void A_check_of_what_was_made_new_is_one() => Accepts(a => Use(Pointer(Checked(Renew(Call(a))))));

    [Test]
    public void A_check_of_a_new_operand_is_one() => Accepts(a => Use(CheckTop(RenewTop(Pointer(Call(a))))));

    [Test]
    public void A_new_operand_says_nothing_of_the_variable() => Rejects(VerifierCode.AccessNotProven, a => Use(Pointer(Use(CheckTop(RenewTop(Pointer(Call(a))))))));

    [Test]
    public void A_load_that_is_not_volatile_makes_nothing_new() => Rejects(VerifierCode.AccessNotProven, a => Use(Pointer(Checked(Renew(Call(a), isVolatile: false)))));

    [Test]
    public void What_was_made_new_before_the_call_is_not_new_behind_it() => Rejects(VerifierCode.AccessNotProven, a => Use(Pointer(Checked(Call(Renew(a))))));

    [Test]
    public void What_is_new_on_one_path_only_is_not_new() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        Instruction join = a.Label();
        Renew(Call(a).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Brtrue, join)).Mark(join);
        Use(Pointer(Checked(a)));
    });

    /// <summary>Nobody may keep a reference as a number, not even to make it new; references made of pointers are a limit that the README names.</summary>
    [Test]
    public void What_is_a_reference_on_another_path_cannot_be_made_new() => Accepts(a =>
    {
        Instruction other = a.Label();
        Instruction join = a.Label();
        Pointer(Call(a).Emit(OpCodes.Ldarg_1).Emit(OpCodes.Brtrue, other)).Emit(OpCodes.Br, join)
            .Mark(other).Emit(OpCodes.Ldloca, a.Pointer()).Mark(join);
        Use(CheckTop(a));
    });

    [Test]
    public void What_is_computed_from_it_is_as_old() => Rejects(VerifierCode.AccessNotProven, a => Use(CheckTop(Length(Pointer(Call(a))).Emit(OpCodes.Add))));

    [Test]
    public void What_is_computed_from_a_new_number_is_new() => Accepts(a => Use(CheckTop(Length(Pointer(Renew(Call(a)))).Emit(OpCodes.Conv_I4).Emit(OpCodes.Conv_I).Emit(OpCodes.Add))));

    [Test]
    public void A_copy_from_behind_the_call_is_as_old() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        VariableDefinition copy = a.Pointer();
        Pointer(Call(a)).Emit(OpCodes.Stloc, copy);
        Use(Checked(Renew(a)).Emit(OpCodes.Ldloc, copy));
    });

    [Test]
    public void A_variable_is_read_through_its_address_as_it_was() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        VariableDefinition kept = a.Pointer();
        Call(Pointer(a).Emit(OpCodes.Stloc, kept)).Emit(OpCodes.Ldloca, kept).Emit(OpCodes.Ldind_I);
        Use(CheckTop(a));
    });

    [Test]
    public void A_mask_of_what_was_there_before_a_call_is_none() => Rejects(VerifierCode.AccessNotProven, a => Use(Mask(Pointer(Call(a)))), Sfi);

    [Test]
    public void A_mask_of_what_was_made_new_is_one() => Accepts(a => Use(Mask(RenewTop(Pointer(Call(a))))), Sfi);

    [Test]
    public void Another_operand_may_be_made_new_between_a_check_and_the_use_without_trust() => Accepts(
        a => Use(RenewTop(Length(CheckTop(RenewTop(Pointer(Call(a)))))).Emit(OpCodes.Pop)), new WeaverOptions { Trust = PointerTrust.None });

    [Test]
    public void In_a_handler_everything_is_old() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        Instruction start = a.Label();
        Instruction handler = Instruction.Create(OpCodes.Pop);
        Instruction end = a.Label();
        a.Mark(start).Emit(OpCodes.Leave, end).Mark(handler);
        Use(Pointer(Checked(a))).Emit(OpCodes.Leave, end).Mark(end);
        a.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Catch)
        {
            TryStart = start,
            TryEnd = handler,
            HandlerStart = handler,
            HandlerEnd = end,
            CatchType = a.Body.Method.Module.TypeSystem.Object,
        });
    });

    [Test]
    public void Without_a_call_nothing_is_old() => Accepts(a => Use(Pointer(Checked(a))));

    [Test]
    public void Where_the_frame_is_trusted_nothing_is_old() => Accepts(a => Use(Pointer(Checked(Call(a)))), new WeaverOptions { Trust = PointerTrust.Frame });

    private static Assembler Pointer(Assembler a) => a.Emit(OpCodes.Ldarg_0);

    private static Assembler Length(Assembler a) => a.Emit(OpCodes.Ldarg, a.Body.Method.Parameters[4]);

    private static Assembler Call(Assembler a) => a.Emit(OpCodes.Call, a.Member("Callee"));

    private static Assembler Checked(Assembler a) => Pointer(a).CheckAndPop();

    private static Assembler CheckTop(Assembler a) => a.Emit(OpCodes.Dup).CheckAndPop();

    private static Assembler Use(Assembler a) => a.Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop);

    private static Assembler Mask(Assembler a) => a.Emit(OpCodes.Ldc_I8, AccessTable.AddressSpaceLayout.AliasBit).Emit(OpCodes.Conv_U).Emit(OpCodes.Or);

    private static Assembler Renew(Assembler a, bool isVolatile = true) => RenewTop(Pointer(a), isVolatile).Emit(OpCodes.Starg, a.Body.Method.Parameters[0]);

    private static Assembler RenewTop(Assembler a, bool isVolatile = true)
    {
        VariableDefinition copy = a.Local(a.Body.Method.Module.TypeSystem.IntPtr);
        a.Emit(OpCodes.Stloc, copy).Emit(OpCodes.Ldloca, copy);
        return (isVolatile ? a.Emit(OpCodes.Volatile) : a).Emit(OpCodes.Ldind_I);
    }
}
