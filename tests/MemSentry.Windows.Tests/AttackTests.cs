namespace MemSentry.Windows.Tests;

/// <summary>
/// The rows of the attack matrix that differ under a domain-based method: each attack works on ordinary memory and ends the process on the region, whoever's code
/// makes the access. A forged array is one that checks of addresses do not stop.
/// </summary>
[Parallelizable(ParallelScope.Children)]
public sealed class AttackTests
{
    private const int Aborted = 134;
    private const int SegmentationFault = 139;

    [TestCase("pointer-load", "a load", 1)]
    [TestCase("pointer-store", "a store", 91)]
    [TestCase("reference", "a load", 1)]
    [TestCase("displaced-reference", "a load", 1)]
    [TestCase("span", "a load", 1)]
    [TestCase("span-fill", "a store", 91)]
    [TestCase("block-copy", "a load", 1)]
    [TestCase("vector", "a load", 1)]
    [TestCase("marshal", "a load", 1)]
    [TestCase("marshal-copy", "a load", 1)]
    [TestCase("string", "a load", 1)]
    [TestCase("forged-array", "a load", 1)]
    [TestCase("comparison", "a load", 1)]
    [TestCase("native-copy", "a load", 1)]
    [TestCase("function-pointer", "a load", 1)]
    public void It_works_on_ordinary_memory_and_ends_the_process_on_the_region(string attack, string access, int result)
    {
        ProgramResult control = WindowProgram.Run(WindowProgram.Whole("mprotect"), "fact", "attack", attack, "ordinary");
        ProgramResult blocked = WindowProgram.Run(WindowProgram.Whole("mprotect"), "fact", "attack", attack, "region");

        Assert.That((control.ExitCode, control.Output), Is.EqualTo((0, $"got {result}\n")), control.ToString());
        Assert.That(blocked.ExitCode, Is.EqualTo(Aborted).Or.EqualTo(SegmentationFault), blocked.ToString());
        Assert.That(blocked.Output, Is.Empty);
        Assert.That(blocked.Errors, Does.Contain($"MS7102: The processor stopped {access} at 0x").And.Contain("inside the safe region 'key' of the domain 'default' (byte 0 of 64)"));
    }
}
