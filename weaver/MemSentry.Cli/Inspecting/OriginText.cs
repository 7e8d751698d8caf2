using MemSentry.Analysis.Provenance;

namespace MemSentry.Cli.Inspecting;

/// <summary>The reasons in words.</summary>
internal static class OriginText
{
    private static readonly Dictionary<AddressOrigin, string> Texts = new()
    {
        [AddressOrigin.NotAnAddress] = "the operand is a number, not an address",
        [AddressOrigin.LocalVariable] = "the address of a local variable",
        [AddressOrigin.Argument] = "the address of an argument",
        [AddressOrigin.ArrayElement] = "the address of an array element, which the runtime bounds-checks",
        [AddressOrigin.ObjectField] = "the address of a field of an object",
        [AddressOrigin.StaticField] = "the address of a static field",
        [AddressOrigin.BoxedValue] = "the address of the value in a box",
        [AddressOrigin.StackAllocation] = "memory from stackalloc",
        [AddressOrigin.MemberEntry] = "the entry of a member, which the runtime chooses",
        [AddressOrigin.ReferenceParameter] = "a reference parameter, which whoever passes it proves or checks",
        [AddressOrigin.ReferenceResult] = "a reference returned by a woven member, which proves or checks it",
        [AddressOrigin.SeveralAnchors] = "harmless on every path, for different reasons",
        [AddressOrigin.AnchoredField] = "a field of something harmless",
        [AddressOrigin.LoadedFromMemory] = "the address was read from memory, which whoever can write it chooses",
        [AddressOrigin.PointerParameter] = "a pointer or native integer parameter",
        [AddressOrigin.CallResult] = "the address was returned by a call",
        [AddressOrigin.Arithmetic] = "the address is computed",
        [AddressOrigin.Converted] = "the address was converted from an integer or object",
        [AddressOrigin.AddressTakenVariable] = "it was kept in a variable whose own address was taken, so that any store may have changed it",
        [AddressOrigin.Unassigned] = "it was kept in a local variable that was not assigned",
        [AddressOrigin.HeldAcrossCall] = "it was alive across a call, which may have spilled it where an attacker can write",
        [AddressOrigin.FieldOfUntrusted] = "a field of something that is not proven",
        [AddressOrigin.TypedReferenceTarget] = "the target of a typed reference",
        [AddressOrigin.SeveralOrigins] = "different on different paths, and on one of them not proven",
    };

    /// <summary>The words, or the bare name of a reason that has none yet.</summary>
    public static string Of(AddressOrigin origin) => Texts.GetValueOrDefault(origin, Wording.Name(origin));

    /// <summary>Whether people get more than the bare name.</summary>
    public static bool Describes(AddressOrigin origin) => Texts.ContainsKey(origin);
}
