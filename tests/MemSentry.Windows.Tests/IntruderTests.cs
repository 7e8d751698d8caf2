using MemSentry.Windows.Naive;

namespace MemSentry.Windows.Tests;

/// <summary>Attempts to get at the region without a window, or with the wrong one: by exit status and message.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class IntruderTests
{
    private const int Aborted = 134;

    [TestCase("wild-read", "a load at", "inside the safe region 'key' of the domain 'default' (byte 0 of 64)", "Intruders.ReadWildly()")]
    [TestCase("read-only-window", "a store at", "inside the safe region 'key' of the domain 'default' (byte 0 of 64)", "Intruders.Write|MemSentryTwin()")]
    [TestCase("other-domain", "a load at", "inside the safe region 'vault' of the domain 'vault' (byte 0 of 32)", "Domains.Wrong|MemSentryTwin()")]
    [TestCase("records", "a store at", "in the arena of the safe regions, where no region lives", "Intruders.WriteRecords()")]
    public void The_processor_stops_it(string attempt, string access, string place, string member)
    {
        ProgramResult result = WindowProgram.Run(WindowProgram.Whole("mprotect"), "fact", attempt);

        Assert.That(result.ExitCode, Is.EqualTo(Aborted), result.ToString());
        Assert.That(result.Errors, Does.Contain("MS7102: The processor stopped " + access).And.Contain(place).And.Contain("it is closed to the code that did it").And.Contain(member));
    }

    [Test]
    public void A_body_refuses_to_be_called_past_its_gate([Values("outside", "inside")] string place)
    {
        ProgramResult result = WindowProgram.Run(WindowProgram.Whole("mprotect"), "fact", "reflection", place);

        Assert.That(result.ExitCode, Is.EqualTo(Aborted), result.ToString());
        Assert.That(result.Errors, Does.Contain("MS7104: The body of a whitelisted member was entered without its gate"));
    }

    /// <summary>What a member needs may be missing: its window must not open, and nobody should have to guess why.</summary>
    [Test]
    public void A_body_that_needs_a_missing_assembly_ends_the_process([Values("mprotect", "crypt")] string method)
    {
        ProgramResult result = WindowProgram.Run(Copies.WithMissingAssembly(method, "System.Formats.Tar"), "fact", "first-calls");

        Assert.That(result.ExitCode, Is.EqualTo(Aborted), result.ToString());
        Assert.That(result.Errors, Does.Contain(
            "MS7105: The whitelisted member 'MemSentry.Windows.Program.Facts.FirstCalls::MeasureMore' cannot be compiled, which it must be before its window opens (FileNotFoundException: Could not load file or assembly 'System.Formats.Tar.Missing")
            .And.Contain("; put what it needs beside the program, or move the code that needs it into a member that is not whitelisted."));
        Assert.That(result.Errors, Does.Not.Contain("TypeInitializationException"));
    }

    [Test]
    public void Whitelisted_members_are_no_deputies()
    {
        Assert.That(WindowProgram.Run(WindowProgram.Whole("mprotect"), "fact", "deputy") is { ExitCode: 0, Output: "5 of 5 blocked, 1 accepted\n" });
        Assert.That(WindowProgram.Run(Copies.Of("mprotect", NaiveVersion.WithoutChecks), "fact", "deputy").ExitCode, Is.EqualTo(1));
    }

    /// <summary>A limit of the method, documented as such.</summary>
    [Test]
    public void Other_threads_see_the_region_during_a_window_and_not_after_it() => Assert.That(
        WindowProgram.Run(WindowProgram.Whole("mprotect"), "fact", "other-threads") is { ExitCode: 0, Output: "another thread sees the region during a window: True, and after it: False\n" });

    [TestCase("domain-limit", "MS7210: A process can have 15 domains")]
    [TestCase("window-limit", "MS7211: Too many windows of safe regions are open at once")]
    public void A_limit_is_told(string fact, string words)
    {
        ProgramResult result = WindowProgram.Run(WindowProgram.Whole("mprotect"), "fact", fact);

        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Output, Does.StartWith(words));
    }
}
