using System.IO;
using System.Runtime.InteropServices;

namespace MemSentry.Attacks.Fixtures;

/// <summary>Objects of the heap that remember a range of raw memory and access it later, in code that is not woven.</summary>
public static unsafe class Streams
{
    [ConversionAttack("newobj", Api = "UnmanagedMemoryStream::.ctor(byte*, long)")]
    public static ulong Stream(nint address) => (ulong)new UnmanagedMemoryStream((byte*)address, 8).ReadByte();

    [ConversionAttack("newobj", Api = "UnmanagedMemoryStream::.ctor(byte*, long, long, FileAccess)")]
    public static void StreamThatIsWritten(nint address, ulong value) =>
        new UnmanagedMemoryStream((byte*)address, 8, 8, FileAccess.Write).WriteByte((byte)value);

    [ConversionAttack("call", Api = "UnmanagedMemoryStream::Initialize(byte*, long, long, FileAccess)")]
    public static ulong StreamInitialisedLater(nint address) => (ulong)new LateStream(address).ReadByte();

    [EscapeAttack("callvirt", Api = "UnmanagedMemoryStream::set_PositionPointer(byte*)")]
    public static ulong PositionOfStream(nint address)
    {
        // Nobody could make this stream in woven code; an older version of the framework hands one out.
        UnmanagedMemoryStream stream = Outside.OutsideStreams.OverEverything();
        stream.PositionPointer = (byte*)address;
        return (ulong)stream.ReadByte();
    }

    // The buffer is harmless, and nobody reads it; the reference that receives its address is not.
    [ConversionAttack("callvirt", Api = "SafeBuffer::AcquirePointer(ref byte*)")]
    public static void AcquiredPointer(nint address, ulong value)
    {
        var buffer = new Buffer(0x7777_0000);
        buffer.Initialize(8);
        buffer.AcquirePointer(ref *(byte**)address);
    }

    private sealed class LateStream : UnmanagedMemoryStream
    {
        [Accomplice]
        public LateStream(nint address) => Initialize((byte*)address, 8, 8, FileAccess.Read);
    }

    // The field is set by unwoven code, as if the address had come from native code: only Initialize stands between it and the accesses.
    private sealed class Buffer : SafeBuffer
    {
        public Buffer(nint address)
            : base(ownsHandle: false) => Outside.OutsideStreams.SetHandle(this, address);

        protected override bool ReleaseHandle() => true;
    }
}
