using MemSentry.CompilerServices;

namespace MemSentry.Runtime.Tests;

/// <summary>The words of a blocked access.</summary>
public sealed unsafe class ViolationTests
{
    private const string Advice =
        ", in A.B::C(int) at IL offset 0x0102. If this code may access safe regions, mark it [SafeRegionAccess]; otherwise it has a " +
        "memory-safety bug that an attacker can use.";

    [TestCase(1, "a load at {0}")]
    [TestCase(2, "a store at {0}")]
    [TestCase(3, "the conversion of {0} to a managed reference")]
    [TestCase(4, "the passing of {0} to code that is not woven")]
    public void The_message_names_kind_region_and_member(int kind, string what)
    {
        using SafeRegion region = SafeRegion.Allocate(4096, new SafeRegionOptions { Name = "signing keys" });
        nuint address = (nuint)region.Pointer + 16;
        var violation = (SafeRegionViolationException)Violation.Create(address, "A.B::C(int)", 0x102, kind);

        Assert.That(violation.Message, Is.EqualTo(
            $"MS7100: Blocked {string.Format(what, $"0x{address:x}")}, inside the safe region 'signing keys' (byte 16 of 4096){Advice}"));
        Assert.That(
            (violation.Address, violation.Member, violation.ILOffset, (int)violation.Kind, violation.RegionName),
            Is.EqualTo((address, "A.B::C(int)", 0x102, kind, "signing keys")));
    }

    [Test]
    public void A_region_without_name_is_called_so()
    {
        using SafeRegion region = SafeRegion.Allocate(8);

        Assert.That(At((ulong)region.Pointer + 7).Message, Does.Contain(", inside an unnamed safe region (byte 7 of 8), "));
    }

    [Test]
    public void Behind_the_last_byte_no_region_is_named()
    {
        using SafeRegion region = SafeRegion.Allocate(4097, new SafeRegionOptions { Name = "signing keys" });
        SafeRegionViolationException violation = At((ulong)region.Pointer + 4097);

        Assert.That(violation.RegionName, Is.Null);
        Assert.That(violation.Message, Does.Contain(", in the arena of the safe regions, where no region lives, "));
    }

    [Test]
    public void A_released_region_is_not_named()
    {
        SafeRegion region = SafeRegion.Allocate(64, new SafeRegionOptions { Name = "gone" });
        var address = (ulong)region.Pointer;
        region.Dispose();

        Assert.That(At(address).RegionName, Is.Null);
    }

    [TestCase(AddressSpaceLayout.BlockStart)]
    [TestCase(AddressSpaceLayout.ArenaStart - 1)]
    [TestCase(AddressSpaceLayout.ArenaStart + AddressSpaceLayout.ArenaLength)]
    public void A_guard_is_called_so(ulong address) =>
        Assert.That(At(address).Message, Does.Contain(", in the guard around the safe regions, "));

    [TestCase(0UL)]
    [TestCase(AddressSpaceLayout.BlockStart + AddressSpaceLayout.BlockLength)]
    public void An_address_outside_the_block_is_called_so(ulong address) => Assert.That(At(address).Message, Does.Contain(", far from the safe regions, "));

    [Test]
    public void A_long_name_is_cut_at_a_character()
    {
        using SafeRegion region = SafeRegion.Allocate(8, new SafeRegionOptions { Name = "x" + new string('€', 40) });

        Assert.That(At((ulong)region.Pointer).RegionName, Is.EqualTo("x" + new string('€', 21)));
    }

    private static SafeRegionViolationException At(ulong address) =>
        (SafeRegionViolationException)Violation.Create((nuint)address, "A.B::C(int)", 0x102, 1);
}
