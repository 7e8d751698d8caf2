using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MemSentry.Build.Stamps;

/// <summary>Reads the stamp from the metadata of an assembly file, without loading it.</summary>
internal static class StampReader
{
    private const string Namespace = "MemSentry.CompilerServices";
    private const string Name = "WovenAssemblyAttribute";

    /// <returns>The stamp, or null when the assembly carries none.</returns>
    /// <exception cref="BadImageFormatException">The file is not an assembly.</exception>
    public static WovenStamp? Read(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        MetadataReader metadata = image.GetMetadataReader();
        foreach (CustomAttributeHandle handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            CustomAttribute attribute = metadata.GetCustomAttribute(handle);
            if (IsStamp(metadata, attribute))
                return Decode(metadata.GetBlobReader(attribute.Value));
        }

        return null;
    }

    // The runtime is another assembly, so the constructor is always a member reference.
    private static bool IsStamp(MetadataReader metadata, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
            return false;
        EntityHandle parent = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        if (parent.Kind != HandleKind.TypeReference)
            return false;
        TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)parent);
        return metadata.StringComparer.Equals(type.Name, Name) && metadata.StringComparer.Equals(type.Namespace, Namespace);
    }

    // ECMA-335 II.23.3: prolog 0x0001, then the fixed arguments in order; strings are SerStrings.
    private static WovenStamp? Decode(BlobReader value) => value.ReadUInt16() != 1
        ? null
        : new WovenStamp(value.ReadInt32(), value.ReadSerializedString() ?? "", value.ReadSerializedString() ?? "");
}
