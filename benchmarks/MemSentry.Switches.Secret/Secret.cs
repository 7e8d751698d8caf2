namespace MemSentry.Switches;

/// <summary>Eight bytes that only its own members may touch.</summary>
public sealed unsafe class Secret
{
    private readonly SafeRegion _region = SafeRegion.Allocate(sizeof(ulong), new SafeRegionOptions { Name = "secret" });

    /// <summary>Writes them.</summary>
    [SafeRegionAccess]
    public void Write(ulong value) => *(ulong*)_region.Pointer = value;

    /// <summary>Reads them.</summary>
    [SafeRegionAccess(RegionAccess.Read)]
    public ulong Read() => *(ulong*)_region.Pointer;
}
