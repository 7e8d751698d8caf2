namespace MemSentry.Runtime.Tests.Crypt;

/// <summary>Who writes to a region or to its header while it is closed, or puts an older state back, ends the process before anybody sees what came of it.</summary>
[TestFixture]
internal sealed class TamperingTests
{
    [SetUp]
    public void RequireInstructions() => Forms.Require(MemSentry.Native.Crypt.CipherForm.Single);

    [Test]
    public void A_region_that_nobody_touched_opens()
    {
        ChildResult child = NativeProbe.Run("tamper", "nothing");

        Assert.That((child.ExitCode, child.Output), Is.EqualTo((0, "attacked\nopen: 01010101 … 01010101")), child.Error);
    }

    [TestCase("first-bit")]
    [TestCase("last-bit")]
    [TestCase("nonce")]
    [TestCase("block-counter")]
    [TestCase("rollback")]
    [TestCase("swap")]
    [Covers(RuntimeCode.CiphertextTampered)]
    public void Foreign_ciphertext_is_found_at_open(string attack) =>
        AssertDeath(attack, "attacked", RuntimeCode.CiphertextTampered, "The safe region 'signing keys' is not as its last close left it");

    [TestCase("count-while-closed", "attacked")]
    [TestCase("rollback-to-open", "attacked")]
    [TestCase("count-while-open", "attacked")]
    [TestCase("seal-while-open", "attacked")]
    [Covers(RuntimeCode.CryptHeaderTampered)]
    public void A_reader_count_that_no_stub_stored_is_found(string attack, string output) =>
        AssertDeath(attack, output, RuntimeCode.CryptHeaderTampered, "The reader count of the safe region 'signing keys' was overwritten");

    [TestCase("close-twice")]
    [TestCase("count-to-zero")]
    [TestCase("released-while-open")]
    public void A_close_without_open_window_ends_the_process(string attack) =>
        AssertDeath(attack, "", RuntimeCode.CryptHeaderTampered, "The safe region 'signing keys' was closed and has no open window");

    /// <summary>What the option without MAC is worth: the attacker flips the bits that he likes, and brings old states back.</summary>
    [TestCase("first-bit", "00010101 … 01010101")]
    [TestCase("last-bit", "01010101 … 01010181")]
    [TestCase("rollback", "01010101 … 01010101")]
    public void Without_MAC_nothing_is_found(string attack, string text)
    {
        ChildResult child = NativeProbe.Run("tamper", "unauthenticated:" + attack);

        Assert.That((child.ExitCode, child.Output), Is.EqualTo((0, "attacked\nopen: " + text)), child.Error);
    }

    [Test]
    public void Nobody_can_store_to_the_tags()
    {
        ChildResult child = NativeProbe.Run("store-tag");

        Assert.That((child.ExitCode, child.Output), Is.EqualTo((ChildResult.Aborted, "reads 0")));
        Assert.That(child.Error, Does.Contain("AccessViolationException"));
    }

    private static void AssertDeath(string attack, string output, RuntimeCode code, string sentence)
    {
        ChildResult child = NativeProbe.Run("tamper", attack);

        Assert.That((child.ExitCode, child.Output), Is.EqualTo((ChildResult.Aborted, output)), child.Error);
        Assert.That(child.Error, Does.Contain($"MS{(int)code}: {sentence}"));
    }
}
