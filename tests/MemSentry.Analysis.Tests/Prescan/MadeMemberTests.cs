using System.Reflection;
using System.Reflection.Emit;

namespace MemSentry.Analysis.Tests.Prescan;

/// <summary>Instructions that no compiler of today writes: the prescan settles none that could make an address of something else.</summary>
[TestFixture]
internal sealed class MadeMemberTests
{
    [Test]
    public void A_plain_member_is_settled() => Assert.That(PrescanFixture.IsSettled((il, field, _) =>
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, field);
        il.Emit(OpCodes.Ret);
    }), Is.True);

    [Test]
    public void A_field_behind_a_number_is_kept() => Keeps((il, field, _) =>
    {
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldfld, field);
        il.Emit(OpCodes.Ret);
    });

    [Test]
    public void A_number_that_is_cast_to_an_object_is_kept() => Keeps((il, field, _) =>
    {
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Castclass, typeof(string));
        il.Emit(OpCodes.Ldfld, field);
        il.Emit(OpCodes.Ret);
    });

    [Test]
    public void A_number_that_is_stored_as_an_object_is_kept() => Keeps((il, field, _) =>
    {
        il.DeclareLocal(typeof(object));
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Stloc_0);
        il.Emit(OpCodes.Ldloc_0);
        il.Emit(OpCodes.Ldfld, field);
        il.Emit(OpCodes.Ret);
    });

    [Test]
    public void A_length_that_is_used_as_an_address_is_kept() => Keeps((il, _, _) =>
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldlen);
        il.Emit(OpCodes.Ldind_I4);
        il.Emit(OpCodes.Ret);
    });

    [Test]
    public void A_length_that_is_computed_with_is_kept() => Keeps((il, _, _) =>
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldlen);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Conv_I4);
        il.Emit(OpCodes.Ret);
    });

    [Test]
    public void An_object_and_a_number_that_meet_are_kept() => Keeps((il, field, _) =>
    {
        Label other = il.DefineLabel();
        Label meet = il.DefineLabel();
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Brtrue, other);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Br, meet);
        il.MarkLabel(other);
        il.Emit(OpCodes.Ldarg_0);
        il.MarkLabel(meet);
        il.Emit(OpCodes.Ldfld, field);
        il.Emit(OpCodes.Ret);
    });

    [Test]
    public void A_backward_branch_with_operands_on_the_stack_is_kept() => Keeps((il, _, _) =>
    {
        Label loop = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_0);
        il.MarkLabel(loop);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Brtrue, loop);
        il.Emit(OpCodes.Pop);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Ret);
    });

    [Test]
    public void A_stack_that_runs_empty_is_kept() => Keeps((il, _, _) =>
    {
        il.Emit(OpCodes.Pop);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Ret);
    });

    [Test]
    public void Code_that_runs_off_its_end_is_kept() => Keeps((il, _, _) => il.Emit(OpCodes.Ldc_I4_1));

    [Test]
    public void A_jump_to_another_member_is_kept() => Keeps((il, _, self) => il.Emit(OpCodes.Jmp, self));

    [Test]
    public void A_prefix_that_is_not_understood_is_kept() => Keeps((il, _, self) =>
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Tailcall);
        il.Emit(OpCodes.Call, self);
        il.Emit(OpCodes.Ret);
    });

    [Test]
    public void A_branch_into_an_instruction_is_kept() => Keeps((il, _, _) =>
    {
        // br.s +1 leads behind the opcode of ldc.i4.s, to what is an instruction only when it is read from there.
        il.Emit(OpCodes.Br_S, (sbyte)1);
        il.Emit(OpCodes.Ldc_I4_S, (sbyte)OpCodes.Ldc_I4_1.Value);
        il.Emit(OpCodes.Ret);
    });

    [Test]
    public void A_branch_out_of_the_member_is_kept() => Keeps((il, _, _) =>
    {
        il.Emit(OpCodes.Br_S, (sbyte)100);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Ret);
    });

    private static void Keeps(Action<ILGenerator, FieldInfo, MethodInfo> write) => Assert.That(PrescanFixture.IsSettled(write), Is.False);
}
