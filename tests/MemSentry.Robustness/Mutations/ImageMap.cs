using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace MemSentry.Robustness.Mutations;

/// <summary>Where things are in a whole image, as offsets from its start.</summary>
internal sealed class ImageMap
{
    private static readonly TableIndex[] Tables = [.. Enumerable.Range(0, 0x2d).Select(i => (TableIndex)i)];

    /// <summary>Reads an image.</summary>
    public ImageMap(byte[] image)
    {
        Image = image;
        using var pe = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(image));
        MetadataReader metadata = pe.GetMetadataReader();
        int start = pe.PEHeaders.MetadataStartOffset;
        Headers = [new Range(0, 2), new Range(0x3c, 0x40), new Range(pe.PEHeaders.CoffHeaderStartOffset - 4, SectionsEnd(pe)), new Range(pe.PEHeaders.CorHeaderStartOffset, pe.PEHeaders.CorHeaderStartOffset + 72)];
        int rows = Tables.Select(t => metadata.GetTableMetadataOffset(t)).Where(o => o > 0).Min();
        MetadataHeader = new Range(start, start + rows);
        Cells = [.. Tables.Where(t => metadata.GetTableRowCount(t) > 0).Select(t => Table(metadata, t, start))];
        Heaps = [.. new[] { HeapIndex.String, HeapIndex.UserString, HeapIndex.Blob, HeapIndex.Guid }.Where(h => metadata.GetHeapSize(h) > 0).Select(h => Heap(metadata, h, start))];
        Signatures = [.. SignatureBlobs(metadata).Where(b => !b.IsNil).Distinct().Select(b => Blob(metadata, b, start))];
        Bodies = [.. BodiesOf(pe, metadata)];
    }

    public byte[] Image { get; }

    /// <summary>Headers of file, sections, debug and CLI.</summary>
    public IReadOnlyList<Range> Headers { get; }

    /// <summary>Metadata root, stream headers, and the row counts of all tables.</summary>
    public Range MetadataHeader { get; }

    /// <summary>The rows of each table, with the size of one.</summary>
    public IReadOnlyList<(Range Rows, int RowSize)> Cells { get; }

    /// <summary>Strings, user strings, blobs, GUIDs.</summary>
    public IReadOnlyList<Range> Heaps { get; }

    /// <summary>Each signature, with its length in front.</summary>
    public IReadOnlyList<Range> Signatures { get; }

    /// <summary>Method bodies: header, code, and tables of handlers behind it.</summary>
    public IReadOnlyList<(Range Header, Range Code, Range Handlers)> Bodies { get; }

    private static int SectionsEnd(PEReader pe) => pe.PEHeaders.PEHeaderStartOffset + pe.PEHeaders.CoffHeader.SizeOfOptionalHeader + (pe.PEHeaders.SectionHeaders.Length * 40);

    private static (Range, int) Table(MetadataReader metadata, TableIndex table, int start)
    {
        int at = start + metadata.GetTableMetadataOffset(table);
        int size = metadata.GetTableRowSize(table);
        return (new Range(at, at + (size * metadata.GetTableRowCount(table))), size);
    }

    private static Range Heap(MetadataReader metadata, HeapIndex heap, int start)
    {
        int at = start + metadata.GetHeapMetadataOffset(heap);
        return new Range(at, at + metadata.GetHeapSize(heap));
    }

    private static Range Blob(MetadataReader metadata, BlobHandle blob, int start)
    {
        int at = start + metadata.GetHeapMetadataOffset(HeapIndex.Blob) + metadata.GetHeapOffset(blob);
        int length = metadata.GetBlobReader(blob).Length;
        return new Range(at, at + length + (length < 0x80 ? 1 : 2));
    }

    private static IEnumerable<BlobHandle> SignatureBlobs(MetadataReader metadata) =>
    [
        .. metadata.FieldDefinitions.Select(f => metadata.GetFieldDefinition(f).Signature),
        .. metadata.MethodDefinitions.Select(m => metadata.GetMethodDefinition(m).Signature),
        .. metadata.MemberReferences.Select(m => metadata.GetMemberReference(m).Signature),
        .. Rows(metadata, TableIndex.TypeSpec).Select(r => metadata.GetTypeSpecification(MetadataTokens.TypeSpecificationHandle(r)).Signature),
        .. Rows(metadata, TableIndex.MethodSpec).Select(r => metadata.GetMethodSpecification(MetadataTokens.MethodSpecificationHandle(r)).Signature),
        .. Rows(metadata, TableIndex.StandAloneSig).Select(r => metadata.GetStandaloneSignature(MetadataTokens.StandaloneSignatureHandle(r)).Signature),
        .. metadata.CustomAttributes.Select(a => metadata.GetCustomAttribute(a).Value),
    ];

    private static IEnumerable<int> Rows(MetadataReader metadata, TableIndex table) => Enumerable.Range(1, metadata.GetTableRowCount(table));

    private static IEnumerable<(Range, Range, Range)> BodiesOf(PEReader pe, MetadataReader metadata)
    {
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            int address = metadata.GetMethodDefinition(handle).RelativeVirtualAddress;
            if (address == 0)
                continue;

            int section = pe.PEHeaders.GetContainingSectionIndex(address);
            SectionHeader header = pe.PEHeaders.SectionHeaders[section];
            int at = address - header.VirtualAddress + header.PointerToRawData;
            MethodBodyBlock body = pe.GetMethodBody(address);
            int code = at + (body.GetILReader().Length < 64 && body.ExceptionRegions.IsEmpty && body.LocalSignature.IsNil && body.MaxStack == 8 ? 1 : 12);
            int end = code + body.GetILReader().Length;
            yield return (new Range(at, code), new Range(code, end), new Range(end, at + body.Size));
        }
    }
}
