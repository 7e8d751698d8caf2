using System.Runtime.InteropServices;
using MemSentry.Native;
using MemSentry.Native.StrayWriters;

namespace MemSentry.Runtime.Tests.StrayWriters;

/// <summary>Which code of a process can change the key register.</summary>
[TestFixture]
internal sealed class ProcessWritersTests
{
    private static readonly byte[] Code = Convert.FromHexString("0f01ef0fae2f0f01ef");

    [Test]
    public void Files_are_told_with_the_sum_of_their_code_and_data_does_not_count()
    {
        MemoryMap map = new(
        [
            new MappedRange(0x1000, 0x2000, "r-xp", "/usr/lib/libb.so"),
            new MappedRange(0x3000, 0x4000, "r-xp", "/usr/lib/libb.so"),
            new MappedRange(0x5000, 0x6000, "r--p", "/usr/lib/libdata.so"),
            new MappedRange(0x7000, 0x8000, "rwxp", ""),
            new MappedRange(0x9000, 0xa000, "--xp", ""),
            new MappedRange(0xffffffffff600000, 0xffffffffff601000, "r-xp", "[vsyscall]"),
        ]);

        ProcessWriters writers = ProcessWriters.Find(map, (start, buffer) =>
        {
            Assert.That(start, Is.AnyOf(0x1000UL, 0x3000UL, 0x7000UL));
            Code.CopyTo(buffer, 0);
            return buffer.Length;
        });

        Assert.That(writers.Files, Is.EqualTo((FileWriters[])[new FileWriters("", 2, 1), new FileWriters("libb.so", 4, 2)]));
        Assert.That(writers.WhyIncomplete, Is.Null);
    }

    [Test]
    public void Code_that_cannot_be_read_is_named_instead_of_passed_over()
    {
        MemoryMap map = new([new MappedRange(0x1000, 0x2000, "r-xp", "/usr/lib/libgone.so")]);

        ProcessWriters writers = ProcessWriters.Find(map, (_, _) => throw new IOException("Input/output error"));

        Assert.That((writers.Files.Count, writers.WhyIncomplete), Is.EqualTo((0, "0x1000-0x2000 r-xp /usr/lib/libgone.so cannot be read (Input/output error)")));
    }

    /// <summary>The GNU C library has <c>pkey_set</c>, from 2.27 on.</summary>
    [Test]
    public void The_writer_of_the_C_library_is_found_in_this_process()
    {
        ProcessWriters writers = ProcessWriters.Read();

        Assert.That(writers.WhyIncomplete, Is.Null);
        Assert.That(NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "pkey_set", out _), Is.True);
        Assert.That(writers.Files.Where(file => file.File.StartsWith("libc.so", StringComparison.Ordinal)).Sum(file => file.Writes), Is.GreaterThan(0));
    }
}
