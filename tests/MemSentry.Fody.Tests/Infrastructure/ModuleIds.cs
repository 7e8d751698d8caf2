using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MemSentry.Fody.Tests.Infrastructure;

/// <summary>Reads the MVID of a module.</summary>
internal static class ModuleIds
{
    public static Guid Of(string file) => Of(File.ReadAllBytes(file));

    public static Guid Of(byte[] image)
    {
        using var reader = new PEReader([.. image]);
        MetadataReader metadata = reader.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }
}
