using MemSentry.Native.Crypt;

namespace MemSentry.Crypt;

/// <summary>
/// What a region holds of the process: pages, if they are its own, code with keys, the place of its tag. A thread may be inside the code as long as it has the region, which only the
/// collector knows: so the release is left to it. What was not disposed stays, because of such a region a span may be alive.
/// </summary>
internal sealed class CryptStorage(CryptStubs stubs, CryptPages? pages, TagPlace? tag)
{
    /// <summary>Gives back what was disposed.</summary>
    ~CryptStorage()
    {
        if (IsReleasable)
        {
            stubs.Release();
            pages?.Release();
            if (tag is { } place)
            {
                TagPlaces.Return(place);
            }
        }
    }

    /// <summary>The region's code.</summary>
    public CryptStubs Stubs => stubs;

    /// <summary>Whether the region was disposed.</summary>
    public bool IsReleasable { get; set; }
}
