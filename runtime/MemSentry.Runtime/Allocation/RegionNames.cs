using System.Text;

namespace MemSentry.Allocation;

/// <summary>Names as the arena keeps them: UTF-8, cut to what fits.</summary>
internal static unsafe class RegionNames
{
    public static void Write(RegionDescriptor* region, string name)
    {
        // Stops before a character that does not fit whole.
        Encoder encoder = Encoding.UTF8.GetEncoder();
        encoder.Convert(name, region->NameBytes, flush: false, out _, out int bytes, out _);
        region->NameLength = (byte)bytes;
    }

    public static string Read(RegionDescriptor* region) => Encoding.UTF8.GetString(region->NameBytes[..region->NameLength]);
}
