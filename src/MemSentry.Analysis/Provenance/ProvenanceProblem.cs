using MemSentry.Analysis.Dataflow;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Stack;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Provenance;

/// <summary>
/// Where does each address come from? A forward problem whose state is the typed evaluation stack plus the origin of every variable that
/// holds an address.
/// <para>
/// Soundness: an anchor is only ever produced by an instruction that defines it (<see cref="FrameTransfer"/>); a raw pointer loses it at
/// every call and at every handler entry, because the callee and the exception machinery store our registers where an attacker may write;
/// a variable whose address is taken never has one. Under <see cref="PointerTrust.Frame"/> the user takes the word of our own frame for it.
/// </para>
/// <para>
/// The laws of <see cref="IForwardProblem{TState}"/> hold for what is decided, anchored or not. An origin is also the reason that is printed, and as a reason
/// it is not monotone: across a call an anchor becomes <see cref="AddressOrigin.HeldAcrossCall"/>, while a parameter stays what it was. Joins only ever
/// climb in a lattice of finite height, so the iteration ends all the same, at a state that every path respects.
/// </para>
/// </summary>
internal sealed class ProvenanceProblem(CilMember member, MemberVariables variables, FrameTransfer transfer, PointerTrust trust) : IForwardProblem<FrameState>
{
    public FrameState AtEntry() => new(variables.Tracked, keepsRawPointers: trust == PointerTrust.Frame);

    public FrameState Copy(FrameState state) => state.Copy();

    public void Transfer(int instruction, FrameState state) => transfer.Execute(member[instruction], state);

    public bool MattersToHandlers(int instruction) => member[instruction].OpCode.Code
        is Code.Stloc or Code.Stloc_S or Code.Stloc_0 or Code.Stloc_1 or Code.Stloc_2 or Code.Stloc_3 or Code.Starg or Code.Starg_S
        && variables.SlotOf(variables.VariableOf(member[instruction])) >= 0;

    public FrameState EnterHandler(FrameState raised, bool pushesException)
    {
        FrameState state = raised.CopyOfVariables();
        state.DistrustRawPointers();
        if (pushesException)
        {
            state.Push(StackValue.Object);
        }

        return state;
    }

    public void ClearStack(FrameState state) => state.ClearStack();

    public bool Join(FrameState into, FrameState from) => into.Join(from);
}
