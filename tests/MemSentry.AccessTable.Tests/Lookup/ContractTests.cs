using static MemSentry.AccessTable.Tests.Lookup.CompiledCalls;

namespace MemSentry.AccessTable.Tests.Lookup;

/// <summary>What rows say of single members, as compilers refer to them.</summary>
[TestFixture]
internal sealed class ContractTests
{
    private static readonly ElementSize T = new(ElementSizeKind.MethodArgument, 0);

    [Test]
    public void Reference_arithmetic_keeps_the_origin_and_tells_width_unit_and_sign_of_the_displacement()
    {
        Assert.That(Contract(nameof(Calls.AddInt)).Result, Is.EqualTo(Moved(new ScaledOperand(1, T, Bits: 32, IsSigned: true))));
        Assert.That(Contract(nameof(Calls.AddNative)).Result, Is.EqualTo(Moved(new ScaledOperand(1, T, Bits: 64))));
        Assert.That(
            Contract(nameof(Calls.SubtractBytes)).Result,
            Is.EqualTo(Moved(new ScaledOperand(1, ElementSize.Byte, IsSubtracted: true, Bits: 64, IsSigned: true))));
    }

    [Test]
    public void Reinterpretation_is_marked() => Assert.That(Contract(nameof(Calls.AsOther)).Result.IsReinterpreted);

    [Test]
    public void Lengths_of_32_and_64_bits_are_told_apart()
    {
        Assert.That(Contract(nameof(Calls.CopyBlock)).Operand(1).Extent.Count.Bits, Is.EqualTo(32));
        Assert.That(Contract(nameof(Calls.MemoryCopy)).Operand(1).Extent.Count.Bits, Is.EqualTo(64));
        Assert.That(Contract(nameof(Calls.MemoryCopy)).Operand(0).Role, Is.EqualTo(OperandRole.CopySource));
        Assert.That(Contract(nameof(Calls.CopyBlock)).Operand(0).Role, Is.EqualTo(OperandRole.CopyDestination));
    }

    [TestCase(nameof(Calls.Stream), 1)]
    [TestCase(nameof(Calls.StreamWithCapacity), 2)]
    public void Streams_remember_a_range_of_bytes_up_to_their_capacity(string member, int length)
    {
        ApiOperand operand = Contract(member).Operand(0);

        Assert.That(operand.Role, Is.EqualTo(OperandRole.RemembersRange));
        Assert.That(operand.Extent.Count, Is.EqualTo(new ScaledOperand(length, ElementSize.Byte, Bits: 64, IsSigned: true, RefusesNegative: true)));
    }

    [Test]
    public void Spans_from_references_remember_a_range_of_elements()
    {
        ApiOperand operand = Contract(nameof(Calls.CreateSpan)).Operand(0);

        Assert.That(operand.Role, Is.EqualTo(OperandRole.RemembersRange));
        Assert.That(operand.Extent.Count.Unit, Is.EqualTo(T));
        Assert.That(Contract(nameof(Calls.SpanItem)).Result, Is.EqualTo(new ApiResult(ResultKind.Element, ApiOperand.Receiver)));
    }

    [Test]
    public void Marshal_reads_and_writes_tell_address_width_offset_and_value()
    {
        ApiOperand read = Contract(nameof(Calls.ReadAtOffset)).Operand(0);
        ApiContract write = Contract(nameof(Calls.WriteNative));

        Assert.That(read.Extent, Is.EqualTo(new Extent(ExtentKind.Fixed, new ElementSize(ElementSizeKind.Bytes, 4))));
        Assert.That(read.Displacement, Is.EqualTo(new ScaledOperand(1, ElementSize.Byte, Bits: 32, IsSigned: true)));
        Assert.That(write.Operand(0).Role, Is.EqualTo(OperandRole.Store));
        Assert.That(write.Operand(1).Role, Is.EqualTo(OperandRole.Exempt));
    }

    [Test]
    public void Marshal_copies_count_elements_of_their_array()
    {
        ApiOperand operand = Contract(nameof(Calls.CopyDoubles)).Operand(2);

        Assert.That(operand.Role, Is.EqualTo(OperandRole.CopyDestination));
        Assert.That(operand.Extent.Count, Is.EqualTo(new ScaledOperand(3, new ElementSize(ElementSizeKind.Bytes, 8), Bits: 32, IsSigned: true)));
    }

    [Test]
    public void Handles_escape_as_numbers_and_are_origins_as_structures()
    {
        Assert.That(Contract(nameof(Calls.Target)).Operand(0).Role, Is.EqualTo(OperandRole.Escape));
        Assert.That(Contract(nameof(Calls.TargetOf)).Operand(ApiOperand.Receiver).Role, Is.EqualTo(OperandRole.Handle));
    }

    [Test]
    public void Vectors_have_the_width_of_their_type_and_an_offset_in_elements()
    {
        ApiOperand store = Contract(nameof(Calls.StoreVector)).Operand(1);

        Assert.That(Contract(nameof(Calls.LoadVector)).Operand(0).Extent.Size.Kind, Is.EqualTo(ElementSizeKind.Result));
        Assert.That(store.Extent.Size, Is.EqualTo(new ElementSize(ElementSizeKind.Parameter, 0)));
        Assert.That(store.Displacement, Is.EqualTo(new ScaledOperand(2, new ElementSize(ElementSizeKind.Pointee, 0), Bits: 64)));
    }

    [TestCase(nameof(Calls.Gather32), 32)]
    [TestCase(nameof(Calls.Gather64), 64)]
    public void Gathers_tell_the_width_and_scale_of_their_lanes(string member, int bits)
    {
        Extent extent = Contract(member).Operand(0).Extent;

        Assert.That(extent.Kind, Is.EqualTo(ExtentKind.Lanes));
        Assert.That(extent.Count, Is.EqualTo(new ScaledOperand(1, new ElementSize(ElementSizeKind.Operand, 2), Bits: bits, IsSigned: true)));
    }

    [Test]
    public void Atomic_operations_access_their_reference_and_exempt_the_value()
    {
        ApiContract contract = Contract(nameof(Calls.Exchange));

        Assert.That(contract.Operand(0).Role, Is.EqualTo(OperandRole.LoadAndStore));
        Assert.That(contract.Operands.Where(o => o.Role == OperandRole.Exempt).Select(o => o.Index), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void Strings_copy_from_a_displaced_pointer()
    {
        ApiOperand operand = Contract(nameof(Calls.StringAt)).Operand(0);

        Assert.That(operand.Extent.Count.Operand, Is.EqualTo(2));
        Assert.That(operand.Displacement?.Operand, Is.EqualTo(1));
    }

    [Test]
    public void Native_integer_arithmetic_keeps_the_origin() =>
        Assert.That(Contract(nameof(Calls.Pointer)).Result, Is.EqualTo(Moved(new ScaledOperand(1, ElementSize.Byte, Bits: 32, IsSigned: true))));

    private static ApiResult Moved(ScaledOperand displacement) => new(ResultKind.Derived, 0, displacement);
}
