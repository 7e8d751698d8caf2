namespace MemSentry.Fuzzing.Building;

/// <summary>The ways to weave that members are tried with. A new method is one more word in <see cref="Methods"/>.</summary>
public static class FuzzArms
{
    /// <summary>The protection methods.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["mpx", "sfi"];

    /// <summary>Each method with everything checked: every member is tried with them.</summary>
    public static IReadOnlyList<FuzzArm> Full { get; } = [.. Methods.Select(m => new FuzzArm(m, "rw", "leaf"))];

    /// <summary>The others: every member is tried with one of them in turn.</summary>
    public static IReadOnlyList<FuzzArm> Other { get; } =
    [
        .. from choice in ((string Rw, string Trust)[])[("r", "leaf"), ("w", "leaf"), ("rw", "frame"), ("rw", "none")]
           from method in Methods
           select new FuzzArm(method, choice.Rw, choice.Trust),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzArm> All { get; } = [.. Full, .. Other];
}
