namespace MemSentry.Windows.Tests;

/// <summary>What is special about the method <c>crypt</c>, and what it does not promise.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class CryptTests
{
    private const int Aborted = 134;

    [Test]
    public void Only_the_region_that_is_asked_for_is_decrypted() => ExpectOutput(
        "ciphertext", "the other region stays closed: True, the next ciphertext differs: True, through a helper: 5, from another domain: ciphertext\n2 looks, 0 leaks\n");

    [TestCase("ciphertext", "MS7110: The safe region 'key' is not as its last close left it")]
    [TestCase("nonce", "MS7110: The safe region 'key' is not as its last close left it")]
    [TestCase("older state", "MS7110: The safe region 'key' is not as its last close left it")]
    [TestCase("count", "MS7111: The reader count of the safe region 'key' was overwritten")]
    public void A_write_to_a_closed_region_ends_the_process_at_the_next_window(string what, string words)
    {
        ProgramResult result = Run("wild-write", what);

        Assert.That(result.ExitCode, Is.EqualTo(Aborted), result.ToString());
        Assert.That(result.Output, Is.EqualTo("written\n"));
        Assert.That(result.Errors, Does.Contain(words));
    }

    [Test]
    public void A_region_ends_in_the_middle_of_a_window() => ExpectOutput("dispose-in-window", "1 looks, 0 leaks\n");

    [Test]
    public void Regions_larger_than_the_limit_are_refused()
    {
        ProgramResult result = Run("too-large");

        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Output, Does.StartWith("MS7220: A region of 65537 bytes is larger than MaxRegionSize, 65536 bytes"));
        Assert.That(result.Output, Does.Contain("\nMS7220: A region of 101 bytes is larger than MaxRegionSize, 100 bytes").And.EndsWith("\nno Alignment of 8192\n"));
    }

    /// <summary>A region that ends at a guard is among them. The last thing that the program does is to end with a byte of the vault: one of its ciphertext.</summary>
    [Test]
    public void Domains_open_one_by_one() => Assert.That(Run("other-domain").Output, Is.EqualTo("in the vault: 7\nso far 0 leaks\n"));

    [Test]
    public void Two_domains_of_one_program_have_different_methods() => ExpectOutput(
        "two-methods",
        "outside: the key is ciphertext, the table has no rights\noutside again: the key is ciphertext, the table has no rights\nsum 24\n");

    [Test]
    public void It_is_said_aloud_once_where_the_keys_can_be_read()
    {
        ProgramResult result = Run("collections");

        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(
            result.Errors.Split("crypt: hidden, not isolated - this machine has no protection keys").Length - 1,
            Is.EqualTo(HasProtectionKeys ? 0 : 1),
            result.Errors);
    }

    /// <summary>Limits of the method, documented as such.</summary>
    [TestCase("other-threads", "another thread sees the region during a window: True, and after it: False\n")]
    [TestCase("kept-pointer", "a pointer from outside of the window leads to ciphertext\n")]
    [TestCase("wild-write-without-tag", "read 1\n")]
    public void It_does_not_promise_more(string fact, string output) => ExpectOutput(fact, output);

    [Test]
    public void A_window_to_read_does_not_stop_a_store()
    {
        // The program ends with 1 because it is still there.
        Assert.That(Run("read-only-window") is { ExitCode: 1 });
    }

    [TestCase("reflection", "MS7104: The body of a whitelisted member was entered without its gate", "inside")]
    [TestCase("records", "MS7102: The processor stopped a store at")]
    public void Intruders_end_the_process(string fact, string words, params string[] arguments)
    {
        ProgramResult result = Run([fact, .. arguments]);

        Assert.That(result.ExitCode, Is.EqualTo(Aborted), result.ToString());
        Assert.That(result.Errors, Does.Contain(words));
    }

    private static bool HasProtectionKeys => File.ReadLines("/proc/cpuinfo").Any(line => line.StartsWith("flags", StringComparison.Ordinal) && line.Contains(" ospke", StringComparison.Ordinal));

    private static void ExpectOutput(string fact, string output)
    {
        ProgramResult result = Run(fact);

        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Output, Is.EqualTo(output));
    }

    private static ProgramResult Run(params string[] fact) => WindowProgram.Run(WindowProgram.Whole("crypt"), ["fact", .. fact]);
}
