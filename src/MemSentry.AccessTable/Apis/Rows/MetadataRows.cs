using static MemSentry.AccessTable.Row;

namespace MemSentry.AccessTable;

/// <summary><c>System.Reflection.Metadata</c>: readers that remember a range of unmanaged memory.</summary>
internal static class MetadataRows
{
    private static readonly Extent Length = Count(1, ElementSize.Byte);

    public static ApiType[] Types =>
    [
        new("System.Reflection.Metadata.BlobReader", Member(".ctor(byte*, int)", Range(0, Length)).Gives(AHandle), Escapes("*")),
        new("System.Reflection.Metadata.MetadataReader",
            Member(".ctor(byte*, int, ...)", Range(0, Length)).Gives(Unrelated),
            Member("get_MetadataPointer()").Gives(Untrusted),
            Member("GetBlobReader(_)").Gives(AHandle),
            Unnamed),
        new("System.Reflection.Metadata.MetadataReaderProvider",
            Member("FromMetadataImage(byte*, int)", Range(0, Length)),
            Member("FromPortablePdbImage(byte*, int)", Range(0, Length))),
        new("System.Reflection.Metadata.MetadataStringDecoder", Escapes("GetString")),
        new("System.Reflection.Metadata.MethodBodyBlock", Member("GetILReader()").Gives(AHandle), Member("Create(BlobReader)", Handle(0))),
        new("System.Reflection.Metadata.Ecma335.SignatureDecoder`2", Escapes("Decode*")),
        new("System.Reflection.Metadata.BlobBuilder", Member("WriteBytes(byte*, int)", CopySource(0, Length))),
        new("System.Reflection.Metadata.BlobWriter", Member("WriteBytes(byte*, int)", CopySource(0, Length))),
        new("System.Reflection.Metadata.AssemblyExtensions", Member("TryGetRawMetadata", Conversion(1))),
        new("System.Reflection.PortableExecutable.PEReader", Member(".ctor(byte*, int, ...)", Range(0, Length)).Gives(Unrelated)),
        new("System.Reflection.PortableExecutable.PEMemoryBlock",
            Member("get_Pointer()").Gives(Untrusted),
            Member("GetReader").Gives(AHandle)),
    ];
}
