using static MemSentry.AccessTable.Row;

namespace MemSentry.AccessTable;

/// <summary>Atomic and volatile accesses through a reference.</summary>
internal static class AtomicRows
{
    private static readonly Extent Target = One(Pointee);

    public static ApiType[] Types =>
    [
        new("System.Threading.Interlocked",
            Exempt("CompareExchange", Reasons.Value, LoadAndStore(0, Target)),
            Exempt("Exchange", Reasons.Value, LoadAndStore(0, Target)),
            Member("Add", LoadAndStore(0, Target)),
            Member("And", LoadAndStore(0, Target)),
            Member("Or", LoadAndStore(0, Target)),
            Member("Increment", LoadAndStore(0, Target)),
            Member("Decrement", LoadAndStore(0, Target)),
            Member("Read", Load(0, Target)),
            Unnamed),
        new("System.Threading.Volatile",
            Member("Read", Load(0, Target)),
            Exempt("Write", Reasons.Value, Store(0, Target)),
            Unnamed),
        new("System.Threading.Thread",
            Member("VolatileRead", Load(0, Target)),
            Exempt("VolatileWrite", Reasons.Value, Store(0, Target))),
    ];
}
