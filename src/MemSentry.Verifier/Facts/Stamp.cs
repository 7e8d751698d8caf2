using MemSentry.AccessTable;
using Mono.Cecil;

namespace MemSentry.Verifier.Facts;

/// <summary>Reads the attribute that says that, and how, an assembly is woven.</summary>
internal static class Stamp
{
    private const string Attribute = "MemSentry.CompilerServices.WovenAssemblyAttribute";

    /// <summary>The stamped settings.</summary>
    /// <exception cref="RejectionException">There is no stamp, or it does not fit this verifier.</exception>
    public static WovenSettings Read(ModuleDefinition module)
    {
        CustomAttribute[] stamps = module.Assembly is { } assembly ? [.. assembly.CustomAttributes.Where(a => a.AttributeType.FullName == Attribute)] : [];
        if (stamps.Length == 0)
            throw new RejectionException(VerifierCode.NotWoven, $"'{module.Name}' is not woven; weave it before verifying it.");
        if (stamps.Length > 1 || stamps[0].ConstructorArguments is not [{ Value: int layout }, { Value: string settings }, { Value: string }])
            throw new RejectionException(VerifierCode.StampUnreadable, $"The stamp of '{module.Name}' is not the one that the weaver writes; weave the original assembly again.");
        if (layout != AddressSpaceLayout.Version)
            throw new RejectionException(VerifierCode.LayoutMismatch, $"'{module.Name}' is woven for address-space layout {layout}, but this verifier knows layout {AddressSpaceLayout.Version}; use matching versions.");

        return WovenSettings.Read(settings);
    }
}
