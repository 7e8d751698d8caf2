namespace MemSentry.Runtime.Tests;

/// <summary>Which signals the fault handler takes for an access to a closed page, by their si_code (sigaction(2)).</summary>
public sealed class FaultCodeTests
{
    [Test]
    public void A_key_that_stops_an_access_is_reported_as_rights_are_and_only_in_the_block()
    {
        ChildResult child = new Probe("fault-codes", "1", "2", "3", "4", "5", "128").Run();

        Assert.That(child.ExitCode, Is.Zero, child.Error);
        Assert.That(
            child.Output.Split('\n'),
            Is.EqualTo((string[])
            [
                "1: reported, beside the block passed on",
                "2: reported, beside the block passed on",
                "3: passed on, beside the block passed on",
                "4: reported, beside the block passed on",
                "5: passed on, beside the block passed on",
                "128: passed on, beside the block passed on",
            ]));
        string[] messages = child.Error.Split('\n');
        Assert.That(messages, Has.Length.EqualTo(3));
        Assert.That(messages[2], Does.StartWith("MemSentry: MS7102: The processor stopped a load at 0x1"));
        Assert.That(messages[2], Does.Contain("inside the safe region 'signing keys' of the domain 'payments' (byte 5 of 100)").And.Contain("it is closed to the code that did it"));
        Assert.That(messages.Distinct().Count(), Is.EqualTo(1), child.Error);
    }
}
