using static MemSentry.AccessTable.Row;

namespace MemSentry.AccessTable;

/// <summary>Portable vectors: loads and stores of a whole vector, through pointers and through references with an element offset.</summary>
internal static class VectorRows
{
    public static ApiType[] Types =>
    [
        Vector("System.Runtime.Intrinsics.Vector64"),
        Vector("System.Runtime.Intrinsics.Vector128"),
        Vector("System.Runtime.Intrinsics.Vector256"),
        Vector("System.Runtime.Intrinsics.Vector512"),
        Vector("System.Numerics.Vector"),
        new("System.Numerics.Vector2", Loads),
        new("System.Numerics.Vector3", Loads),
        new("System.Numerics.Vector4", Loads),
        new("System.Numerics.Vector`1", Exempt("op_Explicit", Reasons.Lanes)),
    ];

    private static ApiRow[] Loads =>
    [
        Member("Load(_)", Load(0, One(Result))),
        Member("LoadAligned(_)", Load(0, One(Result))),
        Member("LoadAlignedNonTemporal(_)", Load(0, One(Result))),
        Member("LoadUnsafe(_)", Load(0, One(Result))),
        Member("LoadUnsafe(_, nuint)", Load(0, One(Result)).At(Plus(1, Pointee))),
    ];

    private static ApiRow[] Stores =>
    [
        Member("Store(_, _)", Store(1, One(Parameter(0)))),
        Member("StoreAligned(_, _)", Store(1, One(Parameter(0)))),
        Member("StoreAlignedNonTemporal(_, _)", Store(1, One(Parameter(0)))),
        Member("StoreUnsafe(_, _)", Store(1, One(Parameter(0)))),
        Member("StoreUnsafe(_, _, nuint)", Store(1, One(Parameter(0))).At(Plus(2, Pointee))),
    ];

    private static ApiRow[] Numbers =>
    [
        Exempt("As*", Reasons.Lanes),
        Exempt("Create*", Reasons.Number),
        Exempt("Shift*", Reasons.Lanes),
    ];

    private static ApiType Vector(string name) =>
        new(name, [.. Loads, .. Stores, .. name == "System.Numerics.Vector" ? Numbers.Where(r => r.Pattern != "Create*") : Numbers, Unnamed]);
}
