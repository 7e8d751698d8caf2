using MemSentry.Analysis.ControlFlow;

namespace MemSentry.Analysis.Loops;

/// <summary>
/// A natural loop (Aho, Lam, Sethi and Ullman, Compilers, 9.6.6): blocks that are entered only through a header, and come back to it.
/// </summary>
/// <param name="Header">The block through which the loop is entered.</param>
/// <param name="WaysIn">The last instructions of the blocks outside from which it is entered.</param>
/// <param name="First">
/// The block in which a round begins that takes place for sure: where the test in the header leads into the loop; the header itself if it tests nothing.
/// </param>
/// <param name="After">The instruction behind which there is room for code on the way in: one of the ways in, or one from which control never runs on into a round.</param>
/// <param name="Blocks">The indexes of all its blocks.</param>
internal sealed record Loop(BasicBlock Header, IReadOnlyList<int> WaysIn, BasicBlock First, int After, IReadOnlySet<int> Blocks)
{
    /// <summary>Whether the loop begins with a test, behind which it is certain that a round begins.</summary>
    public bool HasTest => First != Header;
}
