using System;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using MemSentry.Attacks.Outside;

namespace MemSentry.Attacks.Fixtures;

/// <summary>Strings and encodings over raw characters and bytes.</summary>
public static unsafe class Texts
{
    [LoadAttack("newobj", Api = "String::.ctor(char*)", ReadsText = true)]
    public static ulong OfCharacters(nint address) => Outsider.Digest(new string((char*)address));

    [LoadAttack("newobj", Api = "String::.ctor(sbyte*)", ReadsText = true)]
    public static ulong OfBytes(nint address) => Outsider.Digest(new string((sbyte*)address));

    [LoadAttack("newobj", Api = "String::.ctor(char*, int, int)", ReadsText = true)]
    public static ulong OfCharactersAt(nint address) => Outsider.Digest(new string((char*)(address - 4), 2, 3));

    [LoadAttack("newobj", Api = "String::.ctor(sbyte*, int, int)", ReadsText = true)]
    public static ulong OfBytesAt(nint address) => Outsider.Digest(new string((sbyte*)(address - 4), 4, 3));

    [EscapeAttack("newobj", Api = "String::.ctor(sbyte*, int, int, Encoding)", ReadsText = true)]
    public static ulong OfEncodedBytes(nint address) => Outsider.Digest(new string((sbyte*)address, 0, 3, Encoding.ASCII));

    [LoadAttack("callvirt", Api = "StringBuilder::Append(char*, int)", ReadsText = true)]
    public static ulong Append(nint address) => Outsider.Digest(new StringBuilder().Append((char*)address, 3).ToString());

    [LoadAttack("newobj", Api = "SecureString::.ctor(char*, int)", ReadsText = true)]
    public static ulong SecureString(nint address) =>
        Outsider.Digest(new System.Net.NetworkCredential("", new System.Security.SecureString((char*)address, 3)).Password);

    [EscapeAttack("callvirt", Api = "Encoding::GetString", ReadsText = true)]
    public static ulong GetString(nint address) => Outsider.Digest(Encoding.UTF8.GetString((byte*)address, 5));

    [EscapeAttack("callvirt", Api = "TextEncoder::FindFirstCharacterToEncode", ReadsText = true)]
    public static ulong FindFirstCharacterToEncode(nint address) => (ulong)Web.FindFirstCharacterToEncode((char*)address, 8);

    [EscapeAttack("callvirt", Api = "TextEncoder::TryEncodeUnicodeScalar")]
    public static void TryEncodeUnicodeScalar(nint address, ulong value) => Web.TryEncodeUnicodeScalar(60, (char*)address, 20, out _);

    private static HtmlEncoder Web { get; } = HtmlEncoder.Create(UnicodeRanges.All);
}
