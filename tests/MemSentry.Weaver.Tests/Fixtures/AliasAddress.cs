namespace MemSentry.Weaver.Tests.Fixtures;

/// <summary>
/// The address of a piece of memory without the bit that masks set. Nothing is mapped there: an access works only if it consumes a masked copy, and
/// whoever sees the number sees that it is not masked.
/// </summary>
internal static unsafe class AliasAddress
{
    public static long Of(void* memory)
    {
        long address = (long)memory;
        Assert.That(address & AccessTable.AddressSpaceLayout.AliasBit, Is.Not.Zero, "the programs' own memory has the bit");
        return address & ~AccessTable.AddressSpaceLayout.AliasBit;
    }
}
