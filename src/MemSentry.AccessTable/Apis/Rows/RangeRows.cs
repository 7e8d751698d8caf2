using static MemSentry.AccessTable.Row;

namespace MemSentry.AccessTable;

/// <summary>Streams, accessors and buffers: objects of the heap that remember a range of unmanaged memory.</summary>
internal static class RangeRows
{
    private static readonly ElementSize Byte = ElementSize.Byte;

    public static ApiType[] Types =>
    [
        new("System.IO.UnmanagedMemoryStream",
            Member(".ctor(byte*, long)", Range(0, CountNotNegative(1, Byte))).Gives(Unrelated),

            // The capacity is the larger of the two lengths: the member refuses a length beyond it.
            Member(".ctor(byte*, long, long, FileAccess)", Range(0, CountNotNegative(2, Byte))).Gives(Unrelated),
            Member("Initialize(byte*, long, long, FileAccess)", Range(0, CountNotNegative(2, Byte))),
            Member("set_PositionPointer(byte*)", Escape(0)),
            Member("get_PositionPointer()").Gives(Untrusted),
            Harmless(".ctor(SafeBuffer, ...)", Reasons.BoundsChecked),
            Harmless("Initialize(SafeBuffer, ...)", Reasons.BoundsChecked),
            Harmless("Read*", Reasons.BoundsChecked),
            Harmless("Write*", Reasons.BoundsChecked),
            Unnamed),
        new("System.IO.UnmanagedMemoryAccessor",
            Harmless(".ctor(SafeBuffer, ...)", Reasons.BoundsChecked),
            Harmless("Initialize(SafeBuffer, ...)", Reasons.BoundsChecked),
            Harmless("Read*", Reasons.BoundsChecked),
            Harmless("Write*", Reasons.BoundsChecked),
            Unnamed),
        new("System.Runtime.InteropServices.SafeBuffer",
            Member("Initialize(ulong)", Range(ApiOperand.Receiver, Count(0, Byte))),
            Member("Initialize(uint, uint)", Range(ApiOperand.Receiver, Count(0, ValueOf(1)))),

            // The buffer rounds the size up to a multiple of 4: 12 GiB more at most, which the guard absorbs.
            Member("Initialize(uint)", Range(ApiOperand.Receiver, Count(0, MethodArgument(0)))),
            Member("AcquirePointer(ref byte*)", Conversion(0)),
            Harmless("Read*", Reasons.BoundsChecked),
            Harmless("Write*", Reasons.BoundsChecked),
            Unnamed),
    ];
}
