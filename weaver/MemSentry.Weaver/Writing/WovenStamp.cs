using MemSentry.AccessTable;
using Mono.Cecil;

namespace MemSentry.Weaver.Writing;

/// <summary>Marks an assembly as woven: layout and settings for the runtime, the trust list for the verifier and for readers.</summary>
internal static class WovenStamp
{
    /// <summary>Puts the attribute and the trust list into a module.</summary>
    public static void Put(ModuleDefinition module, RuntimeContract runtime, string settings, string trustList)
    {
        var attribute = new CustomAttribute(runtime.WovenAttributeConstructor);
        var types = module.TypeSystem;
        attribute.ConstructorArguments.Add(new CustomAttributeArgument(types.Int32, AddressSpaceLayout.Version));
        attribute.ConstructorArguments.Add(new CustomAttributeArgument(types.String, settings));
        attribute.ConstructorArguments.Add(new CustomAttributeArgument(types.String, WeaverVersion));
        module.Assembly.CustomAttributes.Add(attribute);

        byte[] text = System.Text.Encoding.UTF8.GetBytes(trustList);
        module.Resources.Add(new EmbeddedResource(RuntimeContract.TrustListResource, ManifestResourceAttributes.Private, text));
    }

    private static string WeaverVersion => typeof(WovenStamp).Assembly.GetName().Version!.ToString(3);
}
