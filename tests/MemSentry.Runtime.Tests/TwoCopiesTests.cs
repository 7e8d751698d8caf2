namespace MemSentry.Runtime.Tests;

/// <summary>Two copies of the runtime, in two load contexts, in one process.</summary>
public sealed class TwoCopiesTests
{
    [Test]
    public void Regions_of_two_copies_never_overlap()
    {
        ChildResult child = new Probe("two-copies").Run();
        Assert.That(child.ExitCode, Is.Zero, child.Error);

        string[][] words = [.. child.Output.Split('\n').Select(line => line.Split(' '))];
        (ulong Start, ulong End)[] regions =
        [
            .. words.Where(word => word[0] is "first" or "second")
                .Select(word => (ulong.Parse(word[1]), ulong.Parse(word[1]) + ulong.Parse(word[2])))
                .Order(),
        ];
        Assert.That(regions, Has.Length.EqualTo(400));
        Assert.That(regions.Zip(regions.Skip(1)), Has.All.Matches<((ulong Start, ulong End) Low, (ulong Start, ulong End) High)>(
            pair => pair.Low.End <= pair.High.Start));
        Assert.That(regions, Has.All.Matches<(ulong Start, ulong End)>(
            region => region.Start >> AddressSpaceLayout.BlockShift == AddressSpaceLayout.BlockIndex));
    }

    [Test]
    public void Both_copies_see_all_modules_and_regions()
    {
        string output = new Probe("two-copies").Run().Output;

        Assert.That(output, Does.Contain("woven: 2").And.Contain("    First (").And.Contain("    Second (").And.Contain("400 live"));
        Assert.That(output, Does.EndWith("left by both: 0"));
    }

    [Test]
    public void A_copy_without_woven_modules_uses_the_arena_of_the_other()
    {
        ChildResult child = new Probe("second-copy-unwoven").Run();

        Assert.That((child.ExitCode, child.Output), Is.EqualTo((0, "seen by the first copy: 1")), child.Error);
    }
}
