using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace MemSentry.Build.Stamps;

/// <summary>Reads, from the metadata of a woven assembly, which of its references are not woven though they have raw accesses, or may have.</summary>
internal static class ReferenceListReader
{
    private const string Resource = "MemSentry.References";
    private static readonly string[] Refused = ["raw-accesses ", "unknown "];

    /// <summary>Their simple names.</summary>
    public static IReadOnlyList<string> Unwoven(string file) =>
        [.. Text(file).Split('\n').Where(l => Refused.Any(r => l.StartsWith(r, StringComparison.Ordinal))).Select(l => l.Split(' ', 3)[2])];

    private static string Text(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        MetadataReader metadata = image.GetMetadataReader();
        foreach (ManifestResource resource in metadata.ManifestResources.Select(metadata.GetManifestResource))
        {
            if (resource.Implementation.IsNil && metadata.StringComparer.Equals(resource.Name, Resource))
            {
                // ECMA-335 II.24.2.2: a length in front of the bytes.
                int start = image.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress + (int)resource.Offset;
                BlobReader bytes = image.GetSectionData(start).GetReader();
                return Encoding.UTF8.GetString(bytes.ReadBytes(bytes.ReadInt32()));
            }
        }

        return "";
    }
}
