namespace MemSentry.Runtime.Tests.Crypt;

/// <summary>A region that cannot be closed ends the process: it would lie open for ever.</summary>
[TestFixture]
internal sealed class FailingCloseTests
{
    [SetUp]
    public void RequireInstructions() => Forms.Require(MemSentry.Native.Crypt.CipherForm.Single);

    [TestCase("no-number")]
    [TestCase("all-ones")]
    [Covers(RuntimeCode.CryptRegionNotClosed)]
    public void No_random_numbers(string failure)
    {
        ChildResult child = NativeProbe.Run("fail-close", failure);

        Assert.That((child.ExitCode, child.Output), Is.EqualTo((ChildResult.Aborted, "2 instructions replaced\nNoRandomNumber, readers 1, lock 0")), child.Error);
        Assert.That(child.Error, Does.Contain(
            $"MS{(int)RuntimeCode.CryptRegionNotClosed}: The safe region 'signing keys' cannot be closed, because the processor gives no random numbers"));
    }

    [Test]
    public void No_place_for_the_tag()
    {
        ChildResult child = NativeProbe.Run("fail-close", "descriptor");

        Assert.That((child.ExitCode, child.Output), Is.EqualTo((ChildResult.Aborted, "0 instructions replaced\nTagNotStored, readers 1, lock 0")), child.Error);
        Assert.That(child.Error, Does.Contain(
            $"MS{(int)RuntimeCode.CryptRegionNotClosed}: The safe region 'signing keys' cannot be closed, because the kernel did not keep its tag"));
    }
}
