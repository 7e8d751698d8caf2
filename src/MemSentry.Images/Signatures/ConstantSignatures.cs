using System.Reflection.Metadata;

namespace MemSentry.Images.Signatures;

/// <summary>The signatures in debug information: the types of local constants (Portable PDB, LocalConstant table).</summary>
internal static class ConstantSignatures
{
    /// <summary>Checks that none asks for more than there is. Their type tokens belong to the assembly and are not looked at.</summary>
    public static void Require(MetadataReader debug)
    {
        foreach (LocalConstantHandle handle in debug.LocalConstants)
        {
            BlobReader signature = debug.GetBlobReader(debug.GetLocalConstant(handle).Signature);
            new TypeWalk(_ => 1).Walk(ref signature);
        }
    }
}
