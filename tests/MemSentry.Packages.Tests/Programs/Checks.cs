using NUnit.Framework;

public class Checks
{
    [Test]
    public void Own_code_reads_it() => Assert.That(Secret.First(), Is.EqualTo(42));

    [Test]
    public void A_wild_read_is_blocked() => Assert.That(Attack.On(Parser.Peek), Does.StartWith("MS7100: Blocked a load at "));
}
