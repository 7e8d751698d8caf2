using MemSentry.Native.ProtectionKeys.Gates;

namespace MemSentry.Runtime.Tests;

/// <summary>Weaver and verifier have the constants that woven code carries, the runtime has its own: two copies that must be one.</summary>
[TestFixture]
internal sealed class LayoutCopyTests
{
    [Test]
    public void Both_copies_say_where_the_block_is() => Assert.That(
        (AccessTable.AddressSpaceLayout.Version, AccessTable.AddressSpaceLayout.BlockShift, AccessTable.AddressSpaceLayout.BlockIndex, (ulong)AccessTable.AddressSpaceLayout.AliasBit),
        Is.EqualTo((AddressSpaceLayout.Version, AddressSpaceLayout.BlockShift, AddressSpaceLayout.BlockIndex, 1UL << AddressSpaceLayout.MaskBit)));

    [Test]
    public void Both_copies_say_where_the_stubs_of_domains_are() => Assert.That(
        ((ulong)AccessTable.GateLayout.Start, AccessTable.GateLayout.PageLength, AccessTable.GateLayout.Pages, AccessTable.GateLayout.EntryLength),
        Is.EqualTo((GateLayout.Start, GateLayout.PageLength, GateLayout.Pages, GateLayout.EntryLength)));

    [Test]
    public void Both_copies_lead_to_the_same_stub([Values(0, 1, -1, 65535, 65536, 0x12345678, int.MinValue)] int domain)
    {
        foreach (AccessTable.GateEntry entry in Enum.GetValues<AccessTable.GateEntry>())
        {
            Assert.That((ulong)AccessTable.GateLayout.AddressOf(domain, entry), Is.EqualTo(GateLayout.AddressOf(GateLayout.PageOf(domain), Enum.Parse<GateEntry>($"{entry}"))), $"{entry}");
        }
    }

    [Test]
    public void The_stubs_lie_behind_the_arena_and_inside_the_block()
    {
        Assert.That(GateLayout.Start, Is.EqualTo(AddressSpaceLayout.ArenaStart + AddressSpaceLayout.ArenaLength));
        Assert.That(GateLayout.Start + GateLayout.Length, Is.LessThan(AddressSpaceLayout.BlockStart + AddressSpaceLayout.BlockLength));
        Assert.That(GateLayout.RuntimePage + GateLayout.PageLength, Is.EqualTo(GateLayout.Start + GateLayout.Length));
        Assert.That(Enum.GetValues<GateEntry>().Length * GateLayout.EntryLength, Is.LessThanOrEqualTo(GateLayout.PageLength));
    }
}
