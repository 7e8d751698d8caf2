using MemSentry.Native.ProtectionKeys;

namespace MemSentry.Runtime.Tests.ProtectionKeys;

/// <summary>Reads of /proc/self/smaps.</summary>
[TestFixture]
internal sealed class KeyMapTests
{
    private static readonly KeyMap Map = KeyMap.Parse(
        """
        55d0c0a00000-55d0c0a21000 rw-p 00000000 00:00 0                          [heap]
        Size:                132 kB
        Rss:                  64 kB
        VmFlags: rd wr mr mw me ac
        ProtectionKey:         0
        7f0000000000-7f0000002000 rw-s 00000000 00:0c 1026                       /secretmem (deleted)
        Size:                  8 kB
        ProtectionKey:         3
        VmFlags: rd wr sh mr mw me ms dc
        7f0000002000-7f0000003000 rw-s 00002000 00:0c 1026                       /a file: with colons
        ProtectionKey:        15
        7f0000003000-7f0000004000 --xp 00000000 00:00 0
        Size:                  4 kB
        """.Split('\n'));

    [Test]
    public void Each_range_has_the_key_behind_it() =>
        Assert.That(Map.Ranges.Select(range => range.Key), Is.EqualTo((int?[])[0, 3, 15, null]));

    [TestCase(0x7f0000000000ul, 0x7f0000002000ul, 3, true)]
    [TestCase(0x7f0000001000ul, 0x7f0000002000ul, 3, true)]
    [TestCase(0x7f0000000000ul, 0x7f0000003000ul, 3, false)]
    [TestCase(0x7f0000000000ul, 0x7f0000002000ul, 0, false)]
    [TestCase(0x7f0000003000ul, 0x7f0000004000ul, 0, false)]
    [TestCase(0x7f0000004000ul, 0x7f0000005000ul, 0, false)]
    public void Every_page_has_to_have_the_key(ulong start, ulong end, int key, bool isConfirmed) =>
        Assert.That(Map.Confirms(start, end, key), Is.EqualTo(isConfirmed));

    [TestCase("ProtectionKey:      none")]
    [TestCase("something else")]
    public void What_is_neither_range_nor_field_is_refused(string line) =>
        Assert.That(() => KeyMap.Parse(["1000-2000 r--p 00000000 00:00 0", line]), Throws.InstanceOf<FormatException>());

    [Test]
    public unsafe void This_process_can_be_read()
    {
        int local;
        ulong here = (ulong)&local;

        Assert.That(KeyMap.ReadSelf().Ranges.Count(range => range.Mapping.Start <= here && here < range.Mapping.End), Is.EqualTo(1));
    }
}
