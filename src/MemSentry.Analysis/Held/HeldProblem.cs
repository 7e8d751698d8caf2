using MemSentry.Analysis.Dataflow;
using MemSentry.Analysis.Provenance;

namespace MemSentry.Analysis.Held;

/// <summary>
/// Which values may have been there before a call? A forward problem; sets of slots, joined by union.
/// </summary>
internal sealed class HeldProblem(MemberAnalysis analysis, HeldTransfer transfer) : IForwardProblem<HeldFrame>
{
    public HeldFrame AtEntry() => new(transfer.AtEntry());

    public HeldFrame Copy(HeldFrame state) => new(state.Held.Copy());

    public void Transfer(int instruction, HeldFrame state)
    {
        state.Enter(instruction, analysis);
        analysis.Execute(analysis.Member[instruction], state.Types!);
        transfer.Execute(analysis.Member[instruction], state.Held, state.Types!);
    }

    /// <summary>Everything is held at the entry of a handler, whatever happened before.</summary>
    public bool MattersToHandlers(int instruction) => false;

    public HeldFrame EnterHandler(HeldFrame raised, bool pushesException) => new(transfer.AtHandler(pushesException));

    public void ClearStack(HeldFrame state) => state.Held.ClearStack();

    public bool Join(HeldFrame into, HeldFrame from) => into.Held.Join(from.Held);
}
