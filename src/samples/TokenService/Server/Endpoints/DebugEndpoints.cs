using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TokenService.Server.Keys;

namespace TokenService.Server.Endpoints;

/// <summary>
/// What somebody left in for debugging. DELIBERATELY VULNERABLE: the first tells where the key lies, the second believes an address and a length that the
/// client sends, as OpenSSL believed a length in 2014.
/// </summary>
internal static class DebugEndpoints
{
    public static void MapDebugging(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/debug/objects", (TokenKey key) => Results.Text($"key 0x{key.Address:x}"));
        routes.MapGet("/debug/memory", (string address, ushort length) => Results.Bytes(Read(ulong.Parse(address, NumberStyles.HexNumber, CultureInfo.InvariantCulture), length)));
    }

    private static unsafe byte[] Read(ulong address, ushort length)
    {
        var copy = new byte[length];
        fixed (byte* to = copy)
            Buffer.MemoryCopy((void*)address, to, length, length);
        return copy;
    }
}
