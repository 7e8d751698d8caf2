using MemSentry.Native;
using MemSentry.Startup;

namespace MemSentry.Runtime.Tests;

/// <summary>What a second copy of the runtime accepts as the block of the first one. The header that it reads is this process's own.</summary>
public sealed class BlockAdoptionTests
{
    private const string Guard = "100000000000-120000000000 ---p 00000000 00:00 0";
    private const string Header = "120000000000-120000040000 r--p 00000000 00:00 0";
    private const string Behind = "120000050000-140000000000 ---p 00000000 00:00 0";
    private const string Alias = "500000000000-540000000000 ---p 00000000 00:00 0";

    /// <summary>Regions with protection keys lie in it. The name is what Linux 6.18 gives it.</summary>
    [Test]
    public void Secret_memory_in_the_arena_is_that_of_regions() => Assert.That(Verify("120000040000-120000050000 rw-s 00000000 00:0e 3355929                    /secretmem (deleted)"), Is.Null);

    [Test]
    public void A_file_in_the_arena_is_a_stranger_s() => Assert.That(
        Verify("120000040000-120000050000 rw-s 00000000 00:0e 3355929                    /tmp/secretmem (deleted)")?.Code, Is.EqualTo(RuntimeCode.AddressRangeTaken));

    [Test]
    public void Secret_memory_in_a_guard_is_a_stranger_s() => Assert.That(
        Verify("120000040000-120000050000 ---p 00000000 00:00 0", "100000000000-120000000000 ---s 00000000 00:0e 3355929                    /secretmem (deleted)")?.Code,
        Is.EqualTo(RuntimeCode.AddressRangeTaken));

    private static Refusal? Verify(string region, string guard = Guard) => BlockAdoption.Verify(MemoryMap.Parse([guard, Header, region, Behind, Alias]));
}
