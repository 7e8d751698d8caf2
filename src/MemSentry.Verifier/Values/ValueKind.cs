namespace MemSentry.Verifier.Values;

/// <summary>What a stack slot or variable holds, as coarsely as the proof allows.</summary>
internal enum ValueKind : byte
{
    /// <summary>An integer of 32 bits: never an address.</summary>
    Int32,

    /// <summary>A raw number of 64 bits: <c>long</c>, <c>native int</c> or an unmanaged pointer. Anything may use it as an address.</summary>
    Raw,

    /// <summary>A floating-point number.</summary>
    Float,

    /// <summary>An object reference.</summary>
    Object,

    /// <summary>A managed reference.</summary>
    Reference,

    /// <summary>A structure, or a generic parameter that may be one, without managed references inside.</summary>
    Structure,

    /// <summary>A structure with managed references inside, such as a span; or a generic parameter that may be one.</summary>
    Holder,
}
