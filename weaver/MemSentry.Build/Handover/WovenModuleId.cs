using System.Security.Cryptography;
using System.Text;

namespace MemSentry.Build.Handover;

/// <summary>
/// The MVID of a woven module. Fody writes the module without <c>DeterministicMvid</c>, so the id is derived from everything that
/// determines the bytes: the compiler's MVID (a hash of its output), the settings, the weaver's own assemblies and the list of references.
/// </summary>
internal static class WovenModuleId
{
    /// <summary>Same input, same id.</summary>
    public static Guid Derive(Guid compiled, WeaveSettings settings, string references)
    {
        byte[] text = Encoding.UTF8.GetBytes($"{compiled:N}\n{settings.ToJson()}\n{references}");
        Span<byte> id = SHA256.HashData(text).AsSpan(0, 16);

        // RFC 4122, 4.4: version 4 and variant 1, as the compiler does for its deterministic ids.
        id[7] = (byte)(id[7] & 0x0F | 0x40);
        id[8] = (byte)(id[8] & 0x3F | 0x80);
        return new Guid(id);
    }
}
