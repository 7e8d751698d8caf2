using static MemSentry.AccessTable.Row;

namespace MemSentry.AccessTable;

/// <summary>Keys, certificates and stores of native cryptographic libraries: addresses of their structures.</summary>
internal static class CryptographyRows
{
    private const string Namespace = "System.Security.Cryptography.";

    public static ApiType[] Types =>
    [
        new(Namespace + "DSAOpenSsl", Escapes(".ctor(nint)")),
        new(Namespace + "ECDiffieHellmanOpenSsl", Escapes(".ctor(nint)")),
        new(Namespace + "ECDsaOpenSsl", Escapes(".ctor(nint)")),
        new(Namespace + "RSAOpenSsl", Escapes(".ctor(nint)")),
        new(Namespace + "SafeEvpPKeyHandle", Escapes(".ctor(nint, bool)")),
        Window("CspParameters"),
        Window("CngKey"),
        Window("CngKeyCreationParameters"),
        new(Namespace + "X509Certificates.X509Certificate", Escapes(".ctor(nint)"), Member("get_Handle()").Gives(AHandle)),
        new(Namespace + "X509Certificates.X509Certificate2", Escapes(".ctor(nint)")),
        new(Namespace + "X509Certificates.X509Chain", Escapes(".ctor(nint)"), Member("get_ChainContext()").Gives(AHandle)),
        new(Namespace + "X509Certificates.X509Store", Escapes(".ctor(nint)"), Member("get_StoreHandle()").Gives(AHandle)),
    ];

    private static ApiType Window(string name) =>
        new(Namespace + name, Escapes("set_ParentWindowHandle(nint)"), Member("get_ParentWindowHandle()").Gives(AHandle));
}
