using System.Runtime.CompilerServices;
using Mono.Cecil;
using static MemSentry.AccessTable.Tests.Lookup.CompiledCalls;

namespace MemSentry.AccessTable.Tests.Lookup;

/// <summary>How the table finds the row of a reference: by type, name and shape, through generic instances and derived types.</summary>
[TestFixture]
internal sealed class FindTests
{
    [Test]
    public void Overloads_are_told_apart_by_their_shape()
    {
        Assert.That(Contract(nameof(Calls.AsRefOfPointer)).Operand(0).Role, Is.EqualTo(OperandRole.Conversion));
        Assert.That(Contract(nameof(Calls.AsRefOfReference)).Operand(0).Role, Is.EqualTo(OperandRole.Exempt));
    }

    [TestCase(nameof(Calls.UnsafeRead))]
    [TestCase(nameof(Calls.UnsafeReadOfInt))]
    public void Generic_instances_find_the_row_of_their_definition(string member)
    {
        ApiOperand operand = Contract(member).Operand(0);

        Assert.That(operand.Role, Is.EqualTo(OperandRole.Load));
        Assert.That(operand.Extent.Size, Is.EqualTo(new ElementSize(ElementSizeKind.MethodArgument, 0)));
    }

    [Test]
    public void Members_of_generic_types_find_their_row()
    {
        ApiOperand operand = Contract(nameof(Calls.SpanOfPointer)).Operand(0);

        Assert.That(operand.Role, Is.EqualTo(OperandRole.RemembersRange));
        Assert.That(operand.Extent.Count, Is.EqualTo(new ScaledOperand(1, new ElementSize(ElementSizeKind.TypeArgument, 0), Bits: 32, IsSigned: true, RefusesNegative: true)));
    }

    [Test]
    public void A_member_called_on_a_derived_type_has_the_row_of_the_type_that_declares_it()
    {
        MethodReference onDerived = Imagined(typeof(OwnHandle), "SetHandle", Basic<nint>());
        onDerived.HasThis = true;

        Assert.That(ApiTable.Find(onDerived)?.Type.Name, Is.EqualTo("System.Runtime.InteropServices.SafeHandle"));
        Assert.That(Contract(nameof(Calls.HandleOfDerived)).Result.Kind, Is.EqualTo(ResultKind.Handle));
        Assert.That(Contract(nameof(OwnHandle.Take), nameof(OwnHandle)).Operand(0).Role, Is.EqualTo(OperandRole.Escape));
    }

    [Test]
    public void An_override_is_not_bound_by_the_row_of_its_base()
    {
        MethodReference own = Imagined(typeof(OwnEncoding), "GetCharCount", new PointerType(Basic<byte>()), Basic<int>());
        own.HasThis = true;
        own.ReturnType = Basic<int>();

        Assert.That(own.Resolve(), Is.Not.Null);
        Assert.That(ApiTable.Find(own), Is.Null);
        Assert.That(Contract(nameof(Calls.Framework)).Operand(0).Role, Is.EqualTo(OperandRole.Escape));
    }

    [Test]
    public void A_member_that_a_listed_type_does_not_name_lets_all_pointers_and_native_integers_escape()
    {
        ApiContract contract = ApiTable.Find(Imagined(typeof(Unsafe), "Frobnicate", VoidPointer, Basic<int>(), Basic<nint>()))!;

        Assert.That(contract.Row.IsDefault);
        Assert.That(contract.Operands.Select(o => (o.Index, o.Role)), Is.EqualTo(new[] { (0, OperandRole.Escape), (2, OperandRole.Escape) }));
    }

    [Test]
    public void A_parameter_that_a_row_does_not_name_escapes_and_is_reported()
    {
        ApiContract contract = ApiTable.Find(Imagined(typeof(Interlocked), "Increment", new ByReferenceType(Basic<int>()), VoidPointer))!;

        Assert.That(contract.NotNamed, Is.EqualTo(new[] { 1 }));
        Assert.That(contract.Operand(1).Role, Is.EqualTo(OperandRole.Escape));
    }

    [Test]
    public void A_family_that_is_exempt_by_rule_does_not_exempt_pointers()
    {
        ApiContract contract = ApiTable.Find(Imagined(typeof(System.Runtime.Intrinsics.Vector128), "CreateFrom", VoidPointer, Basic<nint>()))!;

        Assert.That(contract.Operand(0).Role, Is.EqualTo(OperandRole.Escape));
        Assert.That(contract.Operand(1).Role, Is.EqualTo(OperandRole.Exempt));
        Assert.That(contract.NotNamed, Is.EqualTo(new[] { 0 }));
    }

    [Test]
    public void Types_nested_in_a_listed_namespace_find_its_rows()
    {
        Assert.That(Contract(nameof(Calls.InNestedType)).Operand(0), Is.EqualTo(Contract(nameof(Calls.NestedMaskLoad)).Operand(0)));
        Assert.That(Contract(nameof(Calls.InNestedType)).Operand(0).Extent.MayBeEmpty);
    }

    [Test]
    public void Delegate_constructors_take_an_address_of_code() =>
        Assert.That(ApiTable.Find(Imagined(typeof(Action), ".ctor", Basic<object>(), Basic<nint>()))!.Operand(1).Role, Is.EqualTo(OperandRole.Code));

    [Test]
    public void Members_that_are_not_listed_and_pseudo_members_of_arrays_are_not_found()
    {
        Assert.That(ApiTable.Find(In(nameof(Calls.NotListed))), Is.Null);
        Assert.That(ApiTable.Find(In(nameof(Calls.ArrayAddress))), Is.Null);
    }
}
