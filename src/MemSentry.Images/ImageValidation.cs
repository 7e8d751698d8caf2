using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using MemSentry.Images.Bodies;
using MemSentry.Images.Signatures;
using MemSentry.Images.Tables;

namespace MemSentry.Images;

/// <summary>
/// Looks at an image before Cecil reads it. Cecil follows counts and references as it finds them: a damaged count makes it ask for gigabytes, a
/// circle of references makes it recurse until the stack ends, and neither can be caught. Everything here is one pass over raw metadata, without
/// an object for each row. What passes can still be damaged; then Cecil says so by an exception.
/// </summary>
public static class ImageValidation
{
    /// <summary>Reads an assembly's headers, tables, signatures and bodies.</summary>
    /// <exception cref="BadImageFormatException">It cannot be read safely; the message says what is wrong.</exception>
    public static void RequireReadable(byte[] image)
    {
        try
        {
            using var pe = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(image));
            DebugEntries.Require(pe, image.Length);
            MetadataReader metadata = pe.GetMetadataReader(MetadataReaderOptions.None);
            RequireReadable(metadata);
            MethodBodies.Require(pe, metadata, image.Length);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or OverflowException or InvalidCastException or IndexOutOfRangeException)
        {
            // No metadata, a handle of a kind that has no place there, a size beyond all bounds.
            throw new BadImageFormatException("The image contradicts itself.", e);
        }
    }

    /// <summary>Reads the tables and signatures of a Portable PDB.</summary>
    /// <exception cref="BadImageFormatException">It cannot be read safely.</exception>
    public static void RequireReadablePdb(byte[] pdb)
    {
        try
        {
            using var provider = MetadataReaderProvider.FromPortablePdbImage(ImmutableCollectionsMarshal.AsImmutableArray(pdb));
            ConstantSignatures.Require(provider.GetMetadataReader(MetadataReaderOptions.None));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or OverflowException or InvalidCastException or IndexOutOfRangeException)
        {
            throw new BadImageFormatException("The debug information contradicts itself.", e);
        }
    }

    private static void RequireReadable(MetadataReader metadata)
    {
        RowLists.Require(metadata);
        OwnerColumns.Require(metadata);
        ScopeCircles.Require(metadata);
        var signatures = new SignatureWalk(metadata);
        signatures.RequireAll();
        LayoutCircles.Require(metadata);
    }
}
