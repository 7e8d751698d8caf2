using MemSentry.AccessTable;
using MemSentry.Verifier.Facts;
using MemSentry.Verifier.Values;
using Mono.Cecil;

namespace MemSentry.Verifier.Proving;

/// <summary>
/// Which proof of an address is enough for what happens to it.
/// <para>
/// An access may be displaced as far as <see cref="Distance"/> says. An access or escape may be displaced: the guards stop it. What crosses a border as a reference becomes the base of further displacement there, so it
/// crosses as it is, or as the very type it has. A mask is enough for the load or store of an opcode and for nothing else: a masked address misses the
/// safe regions wherever it goes, but it is no longer null when it was, nor the handle that it was.
/// </para>
/// </summary>
internal sealed class AddressDemands(WovenSettings settings)
{
    /// <summary>An opcode reads or writes there.</summary>
    public Obligation Access(Value address, AccessKind kind) =>
        new(kind, IsProven(address) || IsMasked(address) || (IsNear(address, settings.Masks) && address.Distance!.IsInReach), VerifierCode.AccessNotProven, Sentence(address, kind));

    /// <summary>A framework member reads or writes there.</summary>
    public Obligation Argument(Value address, AccessKind kind) => new(kind, IsProven(address) || (IsNear(address, canBeMasked: false) && address.Distance!.IsInReachOfMember), VerifierCode.AccessNotProven, Sentence(address, kind));

    /// <summary>Code that is not woven, or trusted, gets it.</summary>
    public Obligation Escape(Value address) => new(AccessKind.Escape, IsProven(address), VerifierCode.EscapeNotProven, Sentence(address, AccessKind.Escape));

    /// <summary>The other side of a call or return believes that it lies near an address outside the block. What a mask made is another address than the program meant, and goes nowhere.</summary>
    public static Obligation Summary(Value address) => new(AccessKind.Conversion, address is { Kind: ValueKind.Raw, Distance: { IsOfMask: false } near } && near.IsWithin(Distance.Believed),
        VerifierCode.SummaryNotProven, "The pointer is believed on the other side of the call, and is not proven on every path to here.");

    /// <summary>It becomes a delegate's or another caller's target: harmless from <c>ldftn</c>, however long ago.</summary>
    public static Obligation Code(Value address) =>
        new(AccessKind.Escape, address.IsProven, VerifierCode.EscapeNotProven, "The address of code does not come from a member and is not checked on every path to here.");

    /// <summary>Later code believes that it refers to a <paramref name="believed"/> outside the block; null if it will not be displaced.</summary>
    public Obligation Border(Value address, TypeReference? believed)
    {
        bool isMet = IsBelieved(address) && (address.IsExact || (address.IsProven && believed is not null && SameType.Are(address.Type, believed)));
        string reason = isMet || !address.IsProven || !IsBelieved(address)
            ? Sentence(address, AccessKind.Conversion)
            : $"The reference lies somewhere in a larger structure and crosses a border as another type than it has ({believed?.FullName}).";
        return new Obligation(AccessKind.Conversion, isMet, VerifierCode.ConversionNotProven, reason);
    }

    /// <summary>Whether what was checked together with other operands may still be believed.</summary>
    public bool IsBelieved(Value address) => settings.Trust != Trust.None || address.Kind != ValueKind.Raw || address.IsFresh;

    private bool IsProven(Value address) => (address.IsProven || address.IsExact) && IsBelieved(address);

    /// <summary>Without trust only what was found directly before counts, and a distance is never that.</summary>
    private bool IsNear(Value address, bool canBeMasked) =>
        settings.Trust != Trust.None && address is { Kind: ValueKind.Raw, Distance: { } near } && (canBeMasked || !near.IsOfMask);

    private bool IsMasked(Value address) => settings.Masks && address is { Proof: Proof.Masked, Kind: ValueKind.Raw } && IsBelieved(address);

    private static string Sentence(Value address, AccessKind kind) => (kind, address.Proof) switch
    {
        (_, < Proof.Masked) => "Raw numbers are not trusted (Trust=none), and this one is not checked directly before its use.",
        (not (AccessKind.Load or AccessKind.Store), Proof.Masked) => "The address is masked, which is enough for an access but not for what goes further: it has to be compared.",
        (AccessKind.Load, _) => "The address it reads from is not checked on every path to here.",
        (AccessKind.Store, _) => "The address it writes to is not checked on every path to here.",
        (AccessKind.Escape, _) => "The pointer leaves woven code and is not checked on every path to here.",
        _ => "The address crosses a border as a managed reference and is not checked on every path to here.",
    };
}
