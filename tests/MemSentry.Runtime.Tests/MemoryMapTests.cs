using MemSentry.Native;

namespace MemSentry.Runtime.Tests;

public sealed class MemoryMapTests
{
    private static readonly MemoryMap Map = MemoryMap.Parse(
    [
        "1000-3000 r-xp 00000000 08:01 42                         /usr/lib/my library.so (deleted)",
        "3000-4000 ---p 00000000 00:00 0 ",
        "7ffc0000-7ffe0000 rw-p 00000000 00:00 0                  [stack]",
        "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0  [vsyscall]",
    ]);

    [Test]
    public void A_line_is_read_whole()
    {
        Assert.That(Map.Ranges[0], Is.EqualTo(new MappedRange(0x1000, 0x3000, "r-xp", "/usr/lib/my library.so (deleted)")));
        Assert.That(Map.Ranges[1].ToString(), Is.EqualTo("0x3000-0x4000 ---p (anonymous memory)"));
        Assert.That(Map.Ranges[3].End, Is.EqualTo(0xffff_ffff_ff60_1000));
    }

    [TestCase(0UL, 0x1000UL, 0)]
    [TestCase(0x2fffUL, 0x3001UL, 2)]
    [TestCase(0x4000UL, 0x7ffc0000UL, 0)]
    public void Overlaps_are_counted_to_the_byte(ulong start, ulong end, int count) =>
        Assert.That(Map.Overlapping(start, end).Count(), Is.EqualTo(count));

    [TestCase(0x1000UL, 0x4000UL, true)]
    [TestCase(0x1000UL, 0x4001UL, false)]
    [TestCase(0xfffUL, 0x2000UL, false)]
    public void A_gap_is_noticed(ulong start, ulong end, bool covered) => Assert.That(Map.Covers(start, end), Is.EqualTo(covered));

    [Test]
    public void Another_line_is_refused() => Assert.That(() => MappedRange.Parse("Size: 4 kB"), Throws.TypeOf<FormatException>());

    [Test]
    public void The_processs_own_map_contains_its_stack() =>
        Assert.That(MemoryMap.ReadSelf().Ranges.Select(range => range.Name), Has.Some.EqualTo("[stack]"));

    [TestCase("/lib/ld-musl-x86_64.so.1", "Musl")]
    [TestCase("/usr/lib/x86_64-linux-gnu/libc.so.6", "Glibc")]
    [TestCase("/lib/x86_64-linux-gnu/libc-2.31.so", "Glibc")]
    [TestCase("/opt/app/mylibc.so.6", "Other")]
    public void The_C_library_is_known_by_what_is_loaded(string file, string expected) => Assert.That(
        MachineFacts.FindCLibrary(MemoryMap.Parse([$"1000-2000 r-xp 00000000 08:01 1 {file}"])).ToString(), Is.EqualTo(expected));
}
