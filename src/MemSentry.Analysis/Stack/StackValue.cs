using MemSentry.Analysis.Provenance;
using Mono.Cecil;

namespace MemSentry.Analysis.Stack;

/// <summary>What is known of one evaluation-stack slot, local variable or argument.</summary>
/// <param name="Kind">Its stack type.</param>
/// <param name="Type">Value: its type. Reference: the type it refers to. NativeInt: the pointer type, if it is one. Otherwise, or if unknown, null.</param>
/// <param name="Origin">
/// Where it comes from, and so whether it may point into the block. Meaningful for NativeInt, Reference, and Values with managed references inside.
/// </param>
public readonly record struct StackValue(StackKind Kind, TypeReference? Type, AddressOrigin Origin)
{
    /// <summary>An integer of 32 bits.</summary>
    public static StackValue Int32 { get; } = new(StackKind.Int32, null, AddressOrigin.NotAnAddress);

    /// <summary>An integer of 64 bits.</summary>
    public static StackValue Int64 { get; } = new(StackKind.Int64, null, AddressOrigin.NotAnAddress);

    /// <summary>A float of 32 bits.</summary>
    public static StackValue Float32 { get; } = new(StackKind.Float32, null, AddressOrigin.NotAnAddress);

    /// <summary>A float of 64 bits.</summary>
    public static StackValue Float64 { get; } = new(StackKind.Float64, null, AddressOrigin.NotAnAddress);

    /// <summary>An object reference.</summary>
    public static StackValue Object { get; } = new(StackKind.Object, null, AddressOrigin.NotAnAddress);

    /// <summary>A native integer or pointer.</summary>
    public static StackValue Native(AddressOrigin origin, TypeReference? pointerType = null) => new(StackKind.NativeInt, pointerType, origin);

    /// <summary>A managed reference.</summary>
    public static StackValue Reference(AddressOrigin origin, TypeReference? target) => new(StackKind.Reference, target, origin);

    /// <summary>A value of a value type or generic parameter.</summary>
    public static StackValue Value(TypeReference type) => new(StackKind.Value, type, AddressOrigin.NotAnAddress);

    /// <summary>A value with managed references inside.</summary>
    public static StackValue Structure(TypeReference type, AddressOrigin origin) => new(StackKind.Value, type, origin);

    /// <summary>Whether an instruction that wants an address reads memory through this value, rather than looking into an object or a value.</summary>
    public bool IsAddress => Kind is StackKind.NativeInt or StackKind.Reference;

    /// <summary>Whether it holds an address of any kind.</summary>
    public bool HasOrigin => IsAddress || HoldsReferences;

    /// <summary>Whether it is a value with managed references inside.</summary>
    public bool HoldsReferences => Kind == StackKind.Value && Origin != AddressOrigin.NotAnAddress;

    /// <summary>Whether it is a raw pointer that is believed.</summary>
    public bool IsTrustedPointer => Kind == StackKind.NativeInt && Origin.IsAnchor();

    /// <summary>The same, after code ran that may have replaced it if it is a raw pointer; managed references stand under contract.</summary>
    public StackValue AcrossCall() => IsTrustedPointer ? this with { Origin = AddressOrigin.HeldAcrossCall } : this;

    /// <summary>The least upper bound.</summary>
    /// <exception cref="NotModelledException">The kinds cannot meet.</exception>
    public static StackValue Join(StackValue a, StackValue b)
    {
        AddressOrigin origin = AddressOrigins.Join(a.Origin, b.Origin);
        if (a.Kind == b.Kind)
        {
            return new StackValue(a.Kind, JoinTypes(a, b), origin);
        }

        return (a.Kind, b.Kind) switch
        {
            // RyuJIT widens when the paths disagree, and so do we.
            (StackKind.Float32 or StackKind.Float64, StackKind.Float32 or StackKind.Float64) => Float64,

            // Not verifiable, but the JIT sign-extends (ECMA-335 III.1.8.1.3 forbids it, compilers for native integers still do it).
            (StackKind.Int32 or StackKind.NativeInt, StackKind.Int32 or StackKind.NativeInt) => Native(AddressOrigin.SeveralOrigins),

            // A null pointer meets a reference in hand-written IL; the collector ignores what is not in its heap. A number may be the address of
            // anything, so what the reference refers to is not known any more.
            (StackKind.Reference or StackKind.NativeInt, StackKind.Reference or StackKind.NativeInt) => Reference(origin, null),

            // F# pins a string that may be null this way: the null object itself meets the address of the first character. A number from now on.
            (StackKind.Object or StackKind.NativeInt, StackKind.Object or StackKind.NativeInt) => Native(AddressOrigin.SeveralOrigins),
            _ => throw new NotModelledException($"a stack slot is {a.Kind} on one path and {b.Kind} on another"),
        };
    }

    private static TypeReference? JoinTypes(StackValue a, StackValue b)
    {
        if (TypeIdentity.Same(a.Type, b.Type))
        {
            return a.Type;
        }

        return a.Kind == StackKind.Value
            ? throw new NotModelledException($"a stack slot is {a.Type} on one path and {b.Type} on another")
            : null;
    }
}
