using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MemSentry.Images;

/// <summary>The debug directory: how long its entries are is said by the image, and they are read in one piece.</summary>
internal static class DebugEntries
{
    // What deflate makes of the best input (RFC 1951: a length of 258 in two bits).
    private const long BestRatio = 1032;
    private const int EmbeddedHeader = 8;

    /// <summary>Entries lie in the file, and embedded debug information is not longer than its compressed form can be.</summary>
    public static void Require(PEReader pe, int fileLength)
    {
        DirectoryEntry directory = pe.PEHeaders.PEHeader!.DebugTableDirectory;
        if (directory.Size == 0)
            return;
        if (directory.Size < 0 || directory.Size > fileLength)
            throw new BadImageFormatException("The debug directory is longer than the file.");

        ImmutableArray<DebugDirectoryEntry> entries = pe.ReadDebugDirectory();
        foreach (DebugDirectoryEntry entry in entries)
        {
            if (entry.DataSize < 0 || entry.DataPointer < 0 || (long)entry.DataPointer + entry.DataSize > fileLength)
                throw new BadImageFormatException("An entry of the debug directory lies outside the file.");
            if (entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb)
                RequireEmbedded(pe, entry);
        }
    }

    private static void RequireEmbedded(PEReader pe, DebugDirectoryEntry entry)
    {
        BlobReader data = pe.GetEntireImage().GetReader(entry.DataPointer, entry.DataSize);
        if (entry.DataSize < EmbeddedHeader)
            throw new BadImageFormatException("The embedded debug information is cut off.");

        data.ReadInt32();
        long length = data.ReadUInt32();
        if (length > (entry.DataSize * BestRatio) + EmbeddedHeader)
            throw new BadImageFormatException("The embedded debug information cannot be as long as it says.");

        // Read with its length known to be possible: its tables are as much a danger as those of the image.
        using MetadataReaderProvider provider = pe.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
        Signatures.ConstantSignatures.Require(provider.GetMetadataReader(MetadataReaderOptions.None));
    }
}
