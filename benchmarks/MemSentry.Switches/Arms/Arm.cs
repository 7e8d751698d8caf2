namespace MemSentry.Switches.Arms;

/// <summary>One way to open memory, read eight bytes of it and close it again.</summary>
/// <param name="Name">What ratios call it.</param>
/// <param name="Description">What the table calls it.</param>
/// <param name="Read">Does it, and returns what it read. A delegate for each arm, so that the way there costs all the same.</param>
internal sealed record Arm(string Name, string Description, Func<ulong> Read)
{
    /// <summary>What lies in the memory of every arm.</summary>
    public const ulong Content = 0x5ec7_e7ba_5e5a_fe01;
}
