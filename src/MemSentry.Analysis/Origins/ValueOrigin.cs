namespace MemSentry.Analysis.Origins;

/// <summary>
/// Where a value of 64 bits comes from that is used as an address.
/// <para>
/// The definition, on which the figure <c>checks-per-origin</c> rests. An origin is a parameter, an unassigned variable, or an instruction that makes a value out of something
/// that is no such value: a load from memory, a call, a conversion from a reference. Storing it in a variable, loading it again, a duplicate, a conversion
/// between wide types and arithmetic keep it; a sum of a pointer and numbers has the origins of the pointer, a sum of two numbers those of both. Where paths meet, a variable has the
/// origins of all of them: two origins stay two, and one that arrives on both ways stays one. 32 bits are a number and have no origin.
/// </para>
/// <para>
/// A call that ends proofs makes a value an origin again, since the callee may have kept it where somebody can write: the same value before and behind a call are two, but two
/// variables that held the same value before are one behind it. Where paths with different calls behind them meet, the value is one from there on. Entering an exception handler does the same as a call. Anchors are proven and count only once a call has ended that.
/// </para>
/// </summary>
/// <param name="Kind">How it comes into the member.</param>
/// <param name="Index">The number of the parameter or variable, arguments first; or of the instruction.</param>
/// <param name="Since">The number of the call, or of the first instruction of the handler or of the block where paths meet, that made it an origin again; -1 if there is none.</param>
public readonly record struct ValueOrigin(OriginKind Kind, int Index, int Since = -1)
{
    /// <summary>Whether it is known to lie outside the block.</summary>
    public bool IsProven => Kind == OriginKind.Anchor && Since < 0;
}
