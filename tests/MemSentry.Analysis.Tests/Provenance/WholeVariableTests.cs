using MemSentry.Analysis.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Collections.Generic;

namespace MemSentry.Analysis.Tests.Provenance;

/// <summary>Spans of static data, and of what only looks like it.</summary>
[TestFixture]
internal sealed class WholeVariableTests
{
    private const string Proven = "newobj [1] conversion proven: StaticField";
    private const string Checked = "newobj [1] conversion checked as range: StaticField";

    [TestCase("ReadOnlySpan<byte> M() => \"0123456\"u8;", TestName = "A_literal_of_bytes")]
    [TestCase("ReadOnlySpan<byte> M() => [1, 2, 3];", TestName = "Constants_whose_number_has_no_primitive_type")]
    [TestCase("ReadOnlySpan<byte> M() => [1, 2];", TestName = "Constants_that_lie_in_a_primitive_type")]
    public void Omits_the_check_of_a_span_of_static_data(string member) =>
        Assert.That(CSharpFixture.Compile($"unsafe class C {{ static {member} }}").Decisions("M").Split('\n'), Does.Contain(Proven).And.None.Contains("checked"));

    [Test]
    public void Keeps_it_because_the_data_is_shorter() => Assert.That(Edited((code, _) => code.Count.Operand = (sbyte)9), Does.Contain(Checked));

    [Test]
    public void Omits_it_up_to_the_last_byte() => Assert.That(Edited((code, _) => code.Count.Operand = (sbyte)8), Does.Contain(Proven));

    [Test]
    public void Keeps_it_because_the_length_is_negative() => Assert.That(Edited((code, _) => code.Count.Operand = (sbyte)-1), Does.Contain(Checked));

    [Test]
    public void Keeps_it_because_the_length_is_not_a_constant() => Assert.That(Edited((code, all) => all.Insert(all.IndexOf(code.Call), Instruction.Create(OpCodes.Neg))), Does.Contain(Checked));

    [Test]
    public void Keeps_it_because_another_length_comes_from_elsewhere() => Assert.That(Edited((code, all) =>
    {
        Instruction[] elsewhere =
        [
            Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Brfalse, code.Address),
            Instruction.Create(OpCodes.Ldsflda, (FieldReference)code.Address.Operand), Instruction.Create(OpCodes.Ldc_I4, int.MaxValue), Instruction.Create(OpCodes.Br, code.Call),
        ];
        foreach (Instruction instruction in elsewhere)
            all.Insert(all.IndexOf(code.Address), instruction);
    }), Does.Contain(Checked));

    [Test]
    public void Keeps_it_because_the_runtime_ignores_the_size_of_types_with_automatic_layout() => Assert.That(
        Edited((code, _) => ((FieldReference)code.Address.Operand).FieldType.Resolve().Attributes &= ~TypeAttributes.LayoutMask), Does.Contain(Checked));

    [Test]
    public void Keeps_it_because_the_address_was_moved() => Assert.That(Edited((code, all) =>
    {
        all.Insert(all.IndexOf(code.Count), Instruction.Create(OpCodes.Ldc_I4_4));
        all.Insert(all.IndexOf(code.Count), Instruction.Create(OpCodes.Add));
    }).Single(l => l.StartsWith("newobj [1]", StringComparison.Ordinal) && l.Contains("range", StringComparison.Ordinal)), Does.Contain("checked as range"));

    /// <summary>The decisions about a member that returns a span of seven bytes out of eight.</summary>
    private static string[] Edited(Action<(Instruction Address, Instruction Count, Instruction Call), Collection<Instruction>> edit)
    {
        var fixture = CSharpFixture.Compile("class C { static ReadOnlySpan<byte> M(bool b) => \"0123456\"u8; }");
        MethodBody body = fixture.Module.GetTypes().SelectMany(t => t.Methods).Single(m => m.Name == "M").Body;
        Instruction call = body.Instructions.Single(i => i.OpCode == OpCodes.Newobj);
        ((FieldDefinition)call.Previous.Previous.Operand).FieldType = new TypeDefinition("", "Data", TypeAttributes.SequentialLayout | TypeAttributes.Sealed, fixture.Module.ImportReference(typeof(ValueType))) { ClassSize = 8, PackingSize = 1 };
        fixture.Module.Types.Add((TypeDefinition)((FieldDefinition)call.Previous.Previous.Operand).FieldType);
        call.Previous.OpCode = OpCodes.Ldc_I4_S;
        call.Previous.Operand = (sbyte)7;
        edit((call.Previous.Previous, call.Previous, call), body.Instructions);
        Renumber(body);
        return fixture.Decisions("M").Split('\n');
    }

    private static void Renumber(MethodBody body)
    {
        int offset = 0;
        foreach (Instruction instruction in body.Instructions)
        {
            instruction.Offset = offset;
            offset += instruction.GetSize();
        }
    }
}
