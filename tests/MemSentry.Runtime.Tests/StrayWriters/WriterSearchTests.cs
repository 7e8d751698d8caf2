using MemSentry.Native.StrayWriters;

namespace MemSentry.Runtime.Tests.StrayWriters;

/// <summary>Which bytes are an instruction that changes the key register.</summary>
[TestFixture]
internal sealed class WriterSearchTests
{
    [TestCase("0f01ef", "0 Write", Description = "wrpkru")]
    [TestCase("90900f01efc3", "2 Write")]
    [TestCase("b80f01ef90", "1 Write", Description = "hidden in mov eax, 90ef010fh")]
    [TestCase("0fae6c2440", "0 Restore", Description = "xrstor [rsp+40h]")]
    [TestCase("480fae6c2440", "1 Restore", Description = "xrstor64 [rsp+40h], found once")]
    [TestCase("0f01ef0fae2f", "0 Write, 3 Restore")]
    [TestCase("0f01ee", "", Description = "rdpkru reads")]
    [TestCase("0faee8", "", Description = "lfence: the same opcode as xrstor, with a register")]
    [TestCase("0fae642440", "", Description = "xsave [rsp+40h] stores")]
    [TestCase("0fc71f", "", Description = "xrstors, which is for the kernel only")]
    [TestCase("0fae6c24", "", Description = "half an xrstor at the end of all code")]
    [TestCase("0f", "")]
    [TestCase("", "")]
    public void They_are_found_wherever_they_start(string code, string expected) =>
        Assert.That(Find(code, code.Length / 2), Is.EqualTo(expected));

    /// <summary>Where code of a file ends, that of the next one may go on.</summary>
    [Test]
    public void One_that_ends_behind_the_code_is_found_and_one_that_starts_there_is_not() =>
        Assert.That(Find("900f01ef0f01ef", 3), Is.EqualTo("1 Write"));

    private static string Find(string code, int length) =>
        string.Join(", ", WriterSearch.Find(Convert.FromHexString(code), length).Select(found => $"{found.Offset} {found.Writer}"));
}
