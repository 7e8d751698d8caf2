namespace MemSentry.Runtime.Tests;

/// <summary>Other libraries that handle SIGSEGV, in the same process.</summary>
public sealed class ForeignHandlerTests
{
    private const string NullIsNull = "NullReferenceException in at MemSentry.Runtime.Probe.NullAccesses.Load(";

    [Test]
    public void A_library_that_came_first_still_gets_its_own_faults()
    {
        ChildResult child = new Probe("foreign-handler-first").Run();

        Assert.That(child.ExitCode, Is.Zero, child.Error);
        Assert.That(child.Output, Does.StartWith("own page: 5\n" + NullIsNull));
        Assert.That(child.Output, Does.EndWith("\nfaults that the library saw: 1, the last one at 8"), "a masked null pointer looks to it like a null pointer");
    }

    [TestCase("chained")]
    [TestCase("unchained")]
    public void A_library_that_comes_later_is_warned_of_and_then_gets_what_it_would_get_unwoven(string way)
    {
        ChildResult child = new Probe("foreign-handler-later", way).Run();

        string[] lines = child.Output.Split('\n');
        Assert.That(lines[0], Does.Match(
            @"^Replaced: the fault handler is not in place, the handler at 0x7[0-9a-f]+ \(code made at run time\) is: faults are not explained, and a null " +
            "pointer in code woven with sfi may end the process; the next SafeRegion.Allocate puts it back before that$"));
        Assert.That(lines[1], Is.EqualTo("InPlace: "));
        Assert.That(lines[2], Is.EqualTo("own page: 5"));
        Assert.That(lines[3], Does.StartWith(NullIsNull));
        Assert.That(lines[4], Is.EqualTo("faults that the library saw: 1, the last one at 8"));
        Assert.That(child.ExitCode, Is.EqualTo(ChildResult.Aborted), "the last access of the scenario is blocked");
        Assert.That(child.Error.Split("MS7101"), Has.Length.EqualTo(2), "one report, though two of our handlers see the fault");
    }

    [Test]
    public void A_library_that_registers_twice_does_not_send_faults_round_in_a_circle()
    {
        ChildResult child = new Probe("foreign-handler-twice").Run();

        Assert.That(child.ExitCode, Is.Zero, child.Error);
        Assert.That(child.Output, Does.StartWith("own page: 5\n" + NullIsNull).And.EndWith("\nfaults that the library saw: 2, the last one at 8"));
    }

    [Test]
    public void Two_libraries_that_both_want_to_be_first_come_to_an_end()
    {
        ChildResult child = new Probe("foreign-handler-again").Run();

        Assert.That(child.ExitCode, Is.EqualTo(ChildResult.Refused), child.Error);
        Assert.That(child.Output, Does.StartWith("Replaced: ").And.Contain("; find out which library did it and keep it from doing so\n" + NullIsNull));
        Assert.That(child.Output, Does.Match(@"\nPlatformNotSupportedException: MS7016: .* was put in its place again and again \(8 times\); "));
    }

    [TestCase("first")]
    [TestCase("later")]
    [Covers(RuntimeCode.FaultHandlerRefused)]
    public void Without_the_handler_of_dotnet_a_masking_module_is_refused(string when)
    {
        ChildResult child = new Probe("no-handler", when).Run();

        Assert.That(child.ExitCode, Is.EqualTo(ChildResult.Refused), child.Error);
        Assert.That(child.Output, Does.EndWith(
            "PlatformNotSupportedException: MS7016: The method sfi needs its own handler of SIGSEGV before the one of .NET, but none is there to go before " +
            "(sigaction says SIG_DFL); find out which library has removed it, or weave with ProtMethod=mpx."));
        Assert.That(child.Output.StartsWith("Replaced: the fault handler is not in place, SIG_DFL is: ", StringComparison.Ordinal), Is.EqualTo(when == "later"));
    }
}
