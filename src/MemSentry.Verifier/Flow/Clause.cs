namespace MemSentry.Verifier.Flow;

/// <summary>An exception clause, in instruction indexes; ends are exclusive.</summary>
/// <param name="TryStart">The first protected instruction.</param>
/// <param name="TryEnd">The first instruction after the protected ones.</param>
/// <param name="Entries">Where control enters with the exception: the handler, and the filter if there is one.</param>
/// <param name="PushesException">Whether the exception lies on the stack there.</param>
/// <param name="RunsOnLeave">Whether leaving the protected instructions runs it (<c>finally</c>).</param>
internal sealed record Clause(int TryStart, int TryEnd, int[] Entries, bool PushesException, bool RunsOnLeave)
{
    public bool Protects(int instruction) => instruction >= TryStart && instruction < TryEnd;
}
