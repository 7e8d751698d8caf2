namespace MemSentry.Analysis.Provenance;

/// <summary>
/// Where an address comes from. The anchors lie outside the block as long as the runtime and the contract on references hold;
/// everything else is used as an address only behind a check.
/// <para>Each value doubles as the reason that plans and <c>explain</c> print.</para>
/// </summary>
public enum AddressOrigin
{
    /// <summary>Not an address at all: integers, floats, objects, values.</summary>
    NotAnAddress,

    /// <summary>Anchor: a local variable's address (<c>ldloca</c>).</summary>
    LocalVariable,

    /// <summary>Anchor: an argument's address (<c>ldarga</c>).</summary>
    Argument,

    /// <summary>Anchor: an array element (<c>ldelema</c>): arrays are bounds-checked objects.</summary>
    ArrayElement,

    /// <summary>Anchor: a field of an object (<c>ldflda</c> on an object reference).</summary>
    ObjectField,

    /// <summary>Anchor: a static field (<c>ldsflda</c>).</summary>
    StaticField,

    /// <summary>Anchor: the value inside a box (<c>unbox</c>).</summary>
    BoxedValue,

    /// <summary>Anchor: memory from <c>localloc</c>.</summary>
    StackAllocation,

    /// <summary>Anchor: the entry of a member (<c>ldftn</c>, <c>ldvirtftn</c>), which the runtime chooses.</summary>
    MemberEntry,

    /// <summary>Anchor: a structure that is all zero, so that every reference in it is null.</summary>
    Default,

    /// <summary>Anchor by contract: a managed reference parameter, the <c>this</c> of a value type included; callers in woven code prove or check it.</summary>
    ReferenceParameter,

    /// <summary>Anchor by contract: a managed reference returned by a member of the same module, which proved or checked it.</summary>
    ReferenceResult,

    /// <summary>Anchor: a managed reference that a framework member, as the access table says, finds in an object or derives from a proven one.</summary>
    ApiResult,

    /// <summary>Anchor: checked when it was stored in a variable.</summary>
    CheckedWhenStored,

    /// <summary>Different anchors on different paths.</summary>
    SeveralAnchors,

    /// <summary>A field of something that is itself an anchor; see <see cref="AddressOrigins.OfField"/> for why only one level deep.</summary>
    AnchoredField,

    /// <summary>Read from memory: who can write memory chooses it.</summary>
    LoadedFromMemory,

    /// <summary>A raw pointer or native integer parameter.</summary>
    PointerParameter,

    /// <summary>A managed reference parameter of a member that native code can call.</summary>
    NativeCaller,

    /// <summary>Returned by a call.</summary>
    CallResult,

    /// <summary>Computed.</summary>
    Arithmetic,

    /// <summary>Converted from an integer or object.</summary>
    Converted,

    /// <summary>A local variable or argument whose own address was taken: any store may change it.</summary>
    AddressTakenVariable,

    /// <summary>A local variable that was not assigned.</summary>
    Unassigned,

    /// <summary>A raw pointer that was alive across a call, in a register that the callee may have spilled where an attacker can write.</summary>
    HeldAcrossCall,

    /// <summary>A field of something untrusted.</summary>
    FieldOfUntrusted,

    /// <summary>The target of a typed reference.</summary>
    TypedReferenceTarget,

    /// <summary>Different origins on different paths, at least one of them untrusted.</summary>
    SeveralOrigins,
}
