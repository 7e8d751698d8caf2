using MemSentry.Mutants.Survivors;

namespace MemSentry.Mutants.Tests;

[TestFixture]
internal sealed class SurvivorFileTests
{
    [Test]
    public void Mutant_and_reason_are_two_lines() =>
        Assert.That(SurvivorFile.Parse("# comment\n\nmutant\n    reason\n"), Is.EqualTo(new[] { new Survivor("mutant", "reason") }));

    [TestCase("mutant\n")]
    [TestCase("mutant\nother\n    reason\n")]
    [TestCase("    reason\n")]
    [TestCase("mutant\n    reason\n    more\n")]
    public void List_that_leaves_something_open_is_refused(string text) => Assert.That(() => SurvivorFile.Parse(text), Throws.TypeOf<FormatException>());

    [Test]
    public void Committed_list_can_be_read() => Assert.That(SurvivorFile.Read(), Is.Not.Empty);
}
