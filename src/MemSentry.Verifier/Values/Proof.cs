namespace MemSentry.Verifier.Values;

/// <summary>
/// What is proven about an address, from the strongest to nothing. The order is the lattice: the join of two is the greater one.
/// <para>
/// The block is surrounded by guards of almost 2 TiB on both sides of the arena and a field lies at most 2^27 bytes behind its structure,
/// so an access at any of the first three works or faults, and never reaches a safe region.
/// </para>
/// </summary>
internal enum Proof : byte
{
    /// <summary>Outside the block as it is: checked on every path here, null, or the address of a variable, element, field or allocation.</summary>
    Exact,

    /// <summary>
    /// Outside the block but for displacements inside one structure of unknown size, because every border it crossed since it was
    /// <see cref="Exact"/> was crossed as the type it has: types nest and end. As another type it could take an offset along on each round of a recursion.
    /// </summary>
    Contract,

    /// <summary>
    /// A field behind one of the above, or a field of such a field if all are of the types that they should be: then they nest. Another step would let
    /// a loop add up steps.
    /// </summary>
    Displaced,

    /// <summary>
    /// Bit 46 was set in it. No address of the block has that bit, nor has one that is less than a terabyte below the block, so a load or store of
    /// any width here misses the safe regions, and so does one within a terabyte of here (<see cref="Distance"/>). It may be another address than the program meant, so
    /// it must go no further than that access.
    /// </summary>
    Masked,

    /// <summary>Nothing is proven.</summary>
    None,
}
