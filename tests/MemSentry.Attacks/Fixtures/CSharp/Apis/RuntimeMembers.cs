using System;
using System.Diagnostics.Tracing;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using MemSentry.Attacks.Outside;

namespace MemSentry.Attacks.Fixtures;

/// <summary>Reflection, metadata, marshallers: members of the runtime that take an address for granted.</summary>
public static unsafe class RuntimeMembers
{
    [EscapeAttack("call", Api = "Pointer::Box(void*, Type)")]
    public static ulong BoxedPointerThroughReflection(nint address)
    {
        object pointer = Pointer.Box((void*)address, typeof(ulong*));
        return (ulong)typeof(Outsider).GetMethod(nameof(Outsider.Read)).Invoke(null, [pointer]);
    }

    [ConversionAttack("call", Api = "RuntimeHelpers::Box(ref byte, RuntimeTypeHandle)")]
    public static ulong BoxOfReference(nint address) => (ulong)RuntimeHelpers.Box(ref *(byte*)address, typeof(ulong).TypeHandle);

    [LoadAttack("callvirt", Api = "DynamicILInfo::SetLocalSignature(byte*, int)")]
    public static ulong LocalSignature(nint address)
    {
        DynamicILInfo info = new DynamicMethod("m", null, null).GetDynamicILInfo();
        info.SetLocalSignature((byte*)address, 8);
        return Outsider.ReadField(info, "m_localSignature");
    }

    [LoadAttack("callvirt", Api = "DynamicILInfo::SetCode(byte*, int, int)")]
    public static ulong Code(nint address)
    {
        DynamicILInfo info = new DynamicMethod("m", null, null).GetDynamicILInfo();
        info.SetCode((byte*)address, 8, 1);
        return Outsider.ReadField(info, "m_code");
    }

    [LoadAttack("callvirt", Api = "DynamicILInfo::SetExceptions(byte*, int)")]
    public static ulong Exceptions(nint address)
    {
        DynamicILInfo info = new DynamicMethod("m", null, null).GetDynamicILInfo();
        info.SetExceptions((byte*)address, 8);
        return Outsider.ReadField(info, "m_exceptions");
    }

    [ConversionAttack("newobj", Api = "BlobReader::.ctor(byte*, int)")]
    public static ulong Blob(nint address) => new BlobReader((byte*)address, 8).ReadUInt64();

    // Four words of a good reader, three of them moved: it never was a pointer, nor a number.
    [EscapeAttack("call", Api = "BlobReader::*")]
    public static ulong ForgedBlob(nint address)
    {
        BlobReader reader = default;
        ((nint*)&reader)[0] = address;
        ((int*)&reader)[2] = 8;
        ((nint*)&reader)[2] = address + 8;
        ((nint*)&reader)[3] = address;
        return reader.ReadUInt64();
    }

    [ConversionAttack("newobj", Api = "PEReader::.ctor(byte*, int, ...)")]
    public static ulong Image(nint address) => Outsider.Digest(new PEReader((byte*)address, 8).GetEntireImage().GetContent().AsSpan());

    [LoadAttack("callvirt", Api = "BlobBuilder::WriteBytes(byte*, int)")]
    public static ulong BlobBuilderSource(nint address)
    {
        var builder = new BlobBuilder();
        builder.WriteBytes((byte*)address, 8);
        return Outsider.Digest(builder.ToArray());
    }

    [LoadAttack("call", Api = "BlobWriter::WriteBytes(byte*, int)")]
    public static ulong BlobWriterSource(nint address)
    {
        var writer = new BlobWriter(8);
        writer.WriteBytes((byte*)address, 8);
        return Outsider.Digest(writer.ToArray());
    }

    [EscapeAttack("callvirt", Api = "MetadataStringDecoder::GetString", ReadsText = true)]
    public static ulong MetadataString(nint address) => Outsider.Digest(MetadataStringDecoder.DefaultUTF8.GetString((byte*)address, 5));

    [EscapeAttack("call", Api = "Marshalling.*::*", ReadsText = true)]
    public static ulong Utf8Marshaller(nint address) => Outsider.Digest(Utf8StringMarshaller.ConvertToManaged((byte*)address));

    [EscapeAttack("call", ReadsText = true)]
    public static ulong AnsiMarshaller(nint address) => Outsider.Digest(AnsiStringMarshaller.ConvertToManaged((byte*)address));

    [EscapeAttack("call", ReadsText = true)]
    public static ulong BstrMarshaller(nint address) => Outsider.Digest(BStrStringMarshaller.ConvertToManaged((ushort*)address));

    [EscapeAttack("call", Api = "Utf16StringMarshaller::*", ReadsText = true)]
    public static ulong Utf16Marshaller(nint address) => Outsider.Digest(Utf16StringMarshaller.ConvertToManaged((ushort*)address));

    [ConversionAttack("call", Api = "ArrayMarshaller`2::GetUnmanagedValuesDestination(!1*, int)")]
    public static void ArrayMarshallerDestination(nint address, ulong value) =>
        ArrayMarshaller<ulong, ulong>.GetUnmanagedValuesDestination((ulong*)address, 1)[0] = value;

    [ConversionAttack("call", Api = "SpanMarshaller`2::GetUnmanagedValuesDestination(!1*, int)")]
    public static void SpanMarshallerDestination(nint address, ulong value) =>
        SpanMarshaller<ulong, ulong>.GetUnmanagedValuesDestination((ulong*)address, 1)[0] = value;

    [ConversionAttack("call", Api = "PointerArrayMarshaller`2::GetUnmanagedValuesDestination(!1*, int)")]
    public static void PointerArrayMarshallerDestination(nint address, ulong value) =>
        PointerArrayMarshaller<byte, ulong>.GetUnmanagedValuesDestination((ulong*)address, 1)[0] = value;

    [ConversionAttack("call", Api = "ReadOnlySpanMarshaller`2/UnmanagedToManagedOut::GetUnmanagedValuesDestination(!1*, int)")]
    public static void ReadOnlySpanMarshallerDestination(nint address, ulong value) =>
        ReadOnlySpanMarshaller<ulong, ulong>.UnmanagedToManagedOut.GetUnmanagedValuesDestination((ulong*)address, 1)[0] = value;

    [ConversionAttack("call", Api = "ArrayMarshaller`2::GetUnmanagedValuesSource(!1*, int)")]
    public static ulong ArrayMarshallerSource(nint address) => ArrayMarshaller<ulong, ulong>.GetUnmanagedValuesSource((ulong*)address, 1)[0];

    [ConversionAttack("call", Api = "SpanMarshaller`2::GetUnmanagedValuesSource(!1*, int)")]
    public static ulong SpanMarshallerSource(nint address) => SpanMarshaller<ulong, ulong>.GetUnmanagedValuesSource((ulong*)address, 1)[0];

    [ConversionAttack("call", Api = "PointerArrayMarshaller`2::GetUnmanagedValuesSource(!1*, int)")]
    public static ulong PointerArrayMarshallerSource(nint address) =>
        PointerArrayMarshaller<byte, ulong>.GetUnmanagedValuesSource((ulong*)address, 1)[0];

    [EscapeAttack("call", Api = "EventSource/EventData::set_DataPointer(nint)")]
    public static ulong TracedData(nint address)
    {
        using var listener = new OutsideListener();
        using var source = new Source();
        listener.EnableEvents(source, EventLevel.LogAlways);
        source.Send(address);
        return listener.Seen;
    }

    private sealed class Source : EventSource
    {
        [Accomplice, Event(1)]
        public void Send(long number)
        {
            EventData data = default;
            data.DataPointer = (nint)number;
            data.Size = sizeof(long);
            WriteEventCore(1, 1, &data);
        }
    }
}
