namespace MemSentry.Analysis.Options;

/// <summary>A kind of proof that leaves checks out, and that can be left out itself (the option <c>DisablePass</c>).</summary>
public enum PlanningPass
{
    /// <summary>An address lies within reach of one that is an anchor or was checked.</summary>
    Displacement,

    /// <summary>An address lies within reach of one at which an access was executed. Without <see cref="Displacement"/> there is none of it.</summary>
    Evidence,

    /// <summary>What a loop accesses is checked once, on the way in. Without <see cref="Displacement"/> there is none of it.</summary>
    Hoisting,

    /// <summary>A mask goes behind what an address is displaced from, so that the displacement is part of the access. Without <see cref="Displacement"/> there is none of it.</summary>
    MaskedBases,

    /// <summary>A member that only loads takes the place of its call in a loop. Without <see cref="Hoisting"/> there is none of it.</summary>
    Accessors,

    /// <summary>A pointer that is loaded again from the same field is the one that was loaded before. Without <see cref="Displacement"/> there is none of it.</summary>
    Reloads,

    /// <summary>What all callers prove of a parameter, and a member of its result, is believed on the other side of the call. Without <see cref="Displacement"/> there is none of it.</summary>
    Summaries,
}
