using MemSentry.Verifier.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests;

/// <summary>A span of static data needs no check, as far as the data goes.</summary>
[TestFixture]
internal sealed class StaticDataTests : BodyTests
{
    [TestCase(8, true)]
    [TestCase(0, true)]
    [TestCase(9, false)]
    [TestCase(-1, false)]
    [TestCase(int.MaxValue, false)]
    public void A_constant_is_a_length_inside_the_data_if_it_is_no_larger(int length, bool isInside)
    {
        void Body(Assembler a) => Span(Address(a, 8), x => x.Code.Add(Instruction.Create(OpCodes.Ldc_I4, length)));
        if (isInside)
            Accepts(Body);
        else
            Rejects(VerifierCode.RangeNotProven, Body);
    }

    [Test]
    public void A_length_that_is_not_a_constant_is_not_known() => Rejects(VerifierCode.RangeNotProven, a => Span(Address(a, 8), x => x.Emit(OpCodes.Ldarg_1)));

    [Test]
    public void An_address_that_was_moved_does_not_have_all_of_the_data_behind_it() => Rejects(VerifierCode.RangeNotProven, a =>
        Span(Address(a, 8).Emit(OpCodes.Ldc_I4_1).Emit(OpCodes.Add), x => x.Emit(OpCodes.Ldc_I4_8)));

    [Test]
    public void The_address_of_a_parameter_is_none_of_data() => Rejects(VerifierCode.RangeNotProven, a =>
        Span(a.Emit(OpCodes.Ldarga, a.Body.Method.Parameters[1]), x => x.Emit(OpCodes.Ldc_I4_4)));

    [Test]
    public void One_of_two_fields_may_be_the_shorter_one() => Rejects(VerifierCode.RangeNotProven, a => Span(OneOfTwo(a), x => x.Emit(OpCodes.Ldc_I4_8)));

    [Test]
    public void The_size_of_a_type_with_automatic_layout_is_not_known() => Rejects(VerifierCode.RangeNotProven, a =>
        Span(Address(a, 8, TypeAttributes.AutoLayout), x => x.Emit(OpCodes.Ldc_I4_8)));

    private static Assembler OneOfTwo(Assembler a)
    {
        Instruction other = a.Label();
        Instruction end = a.Label();
        a.Emit(OpCodes.Ldarg_1).Emit(OpCodes.Brtrue, other);
        Address(a, 8).Emit(OpCodes.Br, end).Mark(other);
        return Address(a, 4).Mark(end);
    }

    private static Assembler Address(Assembler a, int size, TypeAttributes layout = TypeAttributes.ExplicitLayout)
    {
        ModuleDefinition module = a.Body.Method.Module;
        var data = new TypeDefinition("", $"Data{size}", layout | TypeAttributes.Sealed, new TypeReference("System", "ValueType", module, module.TypeSystem.CoreLibrary)) { ClassSize = size, PackingSize = 1 };
        module.Types.Add(data);
        var field = new FieldDefinition($"Bytes{size}", FieldAttributes.Static | FieldAttributes.Assembly, data);
        a.Body.Method.DeclaringType.Fields.Add(field);
        a.Code.Add(Instruction.Create(OpCodes.Ldsflda, field));
        return a;
    }

    private static Assembler Span(Assembler address, Action<Assembler> count)
    {
        count(address);
        return address.Emit(OpCodes.Newobj, (MethodReference)address.Member("Data").Body.Instructions.Single(i => i.OpCode == OpCodes.Newobj).Operand).Emit(OpCodes.Pop);
    }
}
