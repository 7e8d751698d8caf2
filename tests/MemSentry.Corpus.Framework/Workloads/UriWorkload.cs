using System.Globalization;
using MemSentry.Corpus.Workloads;

namespace MemSentry.Corpus.Framework.Workloads;

/// <summary>System.Private.Uri: parses, combines, escapes and compares, hosts of all kinds included.</summary>
internal static class UriWorkload
{
    private static readonly string[] Uris =
    [
        "http://user:pass@example.com:8080/a/b/../c%20d/./e?q=1&r=%C3%A4#frag", "https://bücher.example/straße?maß=ß", "http://[2001:db8::1%25eth0]:81/x", "http://192.168.010.1/", "http://0x7f.1/",
        "file:///usr/share/dotnet/%E2%9C%93", "mailto:someone@example.org?subject=hi", "ftp://ftp.example.net/%7Euser/file;type=i", "urn:isbn:0451450523", "../relative/path?x", "http://例え.テスト/パス", "http://a/%FF%C3%28%e2%9c%93",
        "ldap://[2001:db8::7]/c=GB?objectClass?one", "HTTP://EXAMPLE.com:80/%7e%41", "http://exa mple/", "http://a.b.c.d.e/" , "//unc/share", "data:text/plain;base64,SGk=", "http://\uD800bad/", "ws://h:0/;p=1/..;q=2",
    ];

    /// <summary>Prints counts and digests.</summary>
    public static void Run(TextWriter output)
    {
        using var digest = new Digest();
        int valid = 0;
        for (int round = 0; round < 40; round++)
        {
            foreach (string text in Uris)
            {
                string padded = round == 0 ? text : text + new string((char)('a' + round), round * 3);
                if (!Uri.TryCreate(padded, UriKind.RelativeOrAbsolute, out Uri? uri))
                    continue;

                valid++;
                digest.Add(uri.IsAbsoluteUri
                    ? $"{uri.AbsoluteUri} {uri.Scheme} {uri.HostNameType} {uri.Host} {IdnHost(uri)} {uri.DnsSafeHost} {uri.Port} {uri.PathAndQuery} {uri.Fragment} {uri.UserInfo} {uri.IsFile} {uri.IsLoopback} {uri} {uri.GetComponents(UriComponents.SerializationInfoString, UriFormat.SafeUnescaped)}"
                    : uri.OriginalString);
                digest.Add(new Uri(new Uri("http://base.example/x/y/z?q"), uri).ToString());
            }
        }

        string everything = string.Concat(Enumerable.Range(0, 0x500).Select(i => char.ConvertFromUtf32(i + (i / 0x100 * 0x1234))));
        string escaped = Uri.EscapeDataString(everything);
        digest.Add(escaped);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"uris: {valid} valid, escaped {escaped.Length}, back {Uri.UnescapeDataString(escaped) == everything}, {digest}"));
    }

    private static string IdnHost(Uri uri)
    {
        try
        {
            return uri.IdnHost;
        }
        catch (UriFormatException e)
        {
            return e.Message;
        }
    }
}
