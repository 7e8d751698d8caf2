using static MemSentry.AccessTable.Row;

namespace MemSentry.AccessTable;

/// <summary>
/// Processor intrinsics, by rule: each member has at most one pointer, and its name tells whether it loads or stores. Widths are those of the
/// instructions (Intel SDM volume 2); masked, expanding and prefetching instructions may touch nothing.
/// </summary>
internal static class IntrinsicsRows
{
    /// <summary>Width of the widest x86-64 vector.</summary>
    private const int Widest = 64;

    /// <summary>Four registers of the widest SVE vector, 2,048 bits.</summary>
    private const int WidestArm = 1024;

    public static ApiType[] Types =>
    [
        new("System.Runtime.Intrinsics.X86.*",

            // Every lane is an address of its own: base + index * scale. With 32-bit indices all lie within 16 GiB of the base.
            Member("GatherVector*(_, _, byte)", Load(0, Lanes(1, Pointee, ValueOf(2)))),
            Member("GatherMaskVector*(_, _, _, _, byte)", Load(1, Lanes(2, Pointee, ValueOf(4)))),
            Through("MaskLoad*", OperandRole.Load, AtMost(Widest)),
            Through("MaskStore*", OperandRole.Store, AtMost(Widest)),
            Through("MaskMove*", OperandRole.Store, AtMost(16)),
            Through("ExpandLoad", OperandRole.Load, AtMost(Widest)),
            Through("CompressStore", OperandRole.Store, AtMost(Widest)),

            // A prefetch tells by its time what it fetched, so it counts as a load that proves nothing.
            Through("Prefetch*", OperandRole.Load, AtMost(Widest)),
            Through("LoadScalarVector128", OperandRole.Load, One(Pointee)),
            Through("LoadAndDuplicateToVector128", OperandRole.Load, One(Pointee)),
            Through("LoadLow", OperandRole.Load, One(Bytes(8))),
            Through("LoadHigh", OperandRole.Load, One(Bytes(8))),
            Through("LoadVector*", OperandRole.Load, One(Result)),
            Through("LoadDquVector*", OperandRole.Load, One(Result)),
            Through("LoadAlignedVector*", OperandRole.Load, One(Result)),
            Through("BroadcastScalarTo*", OperandRole.Load, One(Pointee)),
            Through("BroadcastVector128To*", OperandRole.Load, One(Bytes(16))),
            Through("BroadcastVector256To*", OperandRole.Load, One(Bytes(32))),
            Through("ConvertToVector*", OperandRole.Load, AtMost(Widest)),
            Through("StoreScalar", OperandRole.Store, One(Pointee)),
            Through("StoreLow", OperandRole.Store, One(Bytes(8))),
            Through("StoreHigh", OperandRole.Store, One(Bytes(8))),
            Through("StoreNonTemporal", OperandRole.Store, One(Pointee)),
            Through("StoreAligned*", OperandRole.Store, One(Parameter(1))),
            Through("Store", OperandRole.Store, One(Parameter(1))),
            Through("MultiplyNoFlags(_, _, _)", OperandRole.Store, One(Pointee)),
            Exempt("DivRem", Reasons.Number),
            Unnamed),

        // Arm and WebAssembly members throw on x86-64, the only processor of this layout. They are checked like others all the same;
        // a base check does not cover the 64-bit lanes of SVE's gathers and scatters, so those are escapes.
        new("System.Runtime.Intrinsics.Arm.*",
            Escapes("Gather*"),
            Escapes("Scatter*"),
            Through("Load*", OperandRole.Load, AtMost(WidestArm)),
            Through("Prefetch*", OperandRole.Load, AtMost(WidestArm)),
            Through("Store*", OperandRole.Store, AtMost(WidestArm)),
            Unnamed),
        new("System.Runtime.Intrinsics.Wasm.*",
            [
                Through("Load*", OperandRole.Load, AtMost(16)),
                Through("Store*", OperandRole.Store, AtMost(16)),
                .. Lanewise.Select(name => Exempt(name, Reasons.Lanes)),
                Unnamed,
            ]),
    ];

    private static readonly string[] Lanewise =
    [
        "Abs", "Add", "AllTrue", "And", "AndNot", "AnyTrue", "Bitmask", "BitwiseSelect", "Compare*", "ExtractScalar", "Multiply", "Negate", "Not",
        "Or", "ReplaceScalar", "Shift*", "Splat", "Subtract", "Xor",
    ];
}
