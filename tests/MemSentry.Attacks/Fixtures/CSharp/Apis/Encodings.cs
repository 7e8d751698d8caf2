using System.Text;
using MemSentry.Attacks.Outside;

namespace MemSentry.Attacks.Fixtures;

/// <summary>Every encoding declares its own members, so each is a callee of its own.</summary>
public static unsafe class Encodings
{
    [EscapeAttack("callvirt", Api = "Encoding::GetByteCount", ReadsCharacters = true)]
    public static ulong AnyByteCount(nint address) => (ulong)Any.GetByteCount((char*)address, 8);

    [EscapeAttack("callvirt", Api = "Encoding::GetBytes", ReadsText = true)]
    public static ulong AnyBytesSource(nint address)
    {
        byte* bytes = stackalloc byte[64];
        *(ulong*)bytes = ulong.MaxValue;
        Any.GetBytes((char*)address, 5, bytes, 64);
        return *(ulong*)bytes;
    }

    [EscapeAttack("callvirt", Api = "Encoding::GetBytes")]
    public static void AnyBytesDestination(nint address, ulong value)
    {
        char* chars = stackalloc char[1];
        *chars = '#';
        Any.GetBytes(chars, 1, (byte*)address, 8);
    }

    [EscapeAttack("callvirt", Api = "Encoding::GetCharCount", ReadsCharacters = true)]
    public static ulong AnyCharCount(nint address) => (ulong)Any.GetCharCount((byte*)address, 8);

    [EscapeAttack("callvirt", Api = "Encoding::GetChars", ReadsText = true)]
    public static ulong AnyCharsSource(nint address)
    {
        char* chars = stackalloc char[16];
        *(ulong*)chars = ulong.MaxValue;
        Any.GetChars((byte*)address, 8, chars, 16);
        return *(ulong*)chars;
    }

    [EscapeAttack("callvirt", Api = "Encoding::GetChars")]
    public static void AnyCharsDestination(nint address, ulong value)
    {
        byte* bytes = stackalloc byte[4];
        *(uint*)bytes = 0x23;
        Any.GetChars(bytes, 4, (char*)address, 8);
    }

    [EscapeAttack("callvirt", Api = "ASCIIEncoding::GetByteCount", ReadsCharacters = true)]
    public static ulong ASCIIByteCount(nint address) => (ulong)Exact(new ASCIIEncoding()).GetByteCount((char*)address, 8);

    [EscapeAttack("callvirt", Api = "ASCIIEncoding::GetBytes", ReadsText = true)]
    public static ulong ASCIIBytesSource(nint address)
    {
        byte* bytes = stackalloc byte[64];
        *(ulong*)bytes = ulong.MaxValue;
        Exact(new ASCIIEncoding()).GetBytes((char*)address, 5, bytes, 64);
        return *(ulong*)bytes;
    }

    [EscapeAttack("callvirt", Api = "ASCIIEncoding::GetBytes")]
    public static void ASCIIBytesDestination(nint address, ulong value)
    {
        char* chars = stackalloc char[1];
        *chars = '#';
        Exact(new ASCIIEncoding()).GetBytes(chars, 1, (byte*)address, 8);
    }

    [EscapeAttack("callvirt", Api = "ASCIIEncoding::GetCharCount", ReadsCharacters = true)]
    public static ulong ASCIICharCount(nint address) => (ulong)Exact(new ASCIIEncoding()).GetCharCount((byte*)address, 8);

    [EscapeAttack("callvirt", Api = "ASCIIEncoding::GetChars", ReadsText = true)]
    public static ulong ASCIICharsSource(nint address)
    {
        char* chars = stackalloc char[16];
        *(ulong*)chars = ulong.MaxValue;
        Exact(new ASCIIEncoding()).GetChars((byte*)address, 8, chars, 16);
        return *(ulong*)chars;
    }

    [EscapeAttack("callvirt", Api = "ASCIIEncoding::GetChars")]
    public static void ASCIICharsDestination(nint address, ulong value)
    {
        byte* bytes = stackalloc byte[4];
        *(uint*)bytes = 0x23;
        Exact(new ASCIIEncoding()).GetChars(bytes, 4, (char*)address, 8);
    }

    [EscapeAttack("callvirt", Api = "UnicodeEncoding::GetByteCount", ReadsCharacters = true)]
    public static ulong UnicodeByteCount(nint address) => (ulong)Exact(new UnicodeEncoding()).GetByteCount((char*)address, 8);

    [EscapeAttack("callvirt", Api = "UnicodeEncoding::GetBytes", ReadsText = true)]
    public static ulong UnicodeBytesSource(nint address)
    {
        byte* bytes = stackalloc byte[64];
        *(ulong*)bytes = ulong.MaxValue;
        Exact(new UnicodeEncoding()).GetBytes((char*)address, 5, bytes, 64);
        return *(ulong*)bytes;
    }

    [EscapeAttack("callvirt", Api = "UnicodeEncoding::GetBytes")]
    public static void UnicodeBytesDestination(nint address, ulong value)
    {
        char* chars = stackalloc char[1];
        *chars = '#';
        Exact(new UnicodeEncoding()).GetBytes(chars, 1, (byte*)address, 8);
    }

    [EscapeAttack("callvirt", Api = "UnicodeEncoding::GetCharCount", ReadsCharacters = true)]
    public static ulong UnicodeCharCount(nint address) => (ulong)Exact(new UnicodeEncoding()).GetCharCount((byte*)address, 8);

    [EscapeAttack("callvirt", Api = "UnicodeEncoding::GetChars", ReadsText = true)]
    public static ulong UnicodeCharsSource(nint address)
    {
        char* chars = stackalloc char[16];
        *(ulong*)chars = ulong.MaxValue;
        Exact(new UnicodeEncoding()).GetChars((byte*)address, 8, chars, 16);
        return *(ulong*)chars;
    }

    [EscapeAttack("callvirt", Api = "UnicodeEncoding::GetChars")]
    public static void UnicodeCharsDestination(nint address, ulong value)
    {
        byte* bytes = stackalloc byte[4];
        *(uint*)bytes = 0x23;
        Exact(new UnicodeEncoding()).GetChars(bytes, 4, (char*)address, 8);
    }

    [EscapeAttack("callvirt", Api = "UTF32Encoding::GetByteCount", ReadsCharacters = true)]
    public static ulong UTF32ByteCount(nint address) => (ulong)Exact(new UTF32Encoding()).GetByteCount((char*)address, 8);

    [EscapeAttack("callvirt", Api = "UTF32Encoding::GetBytes", ReadsText = true)]
    public static ulong UTF32BytesSource(nint address)
    {
        byte* bytes = stackalloc byte[64];
        *(ulong*)bytes = ulong.MaxValue;
        Exact(new UTF32Encoding()).GetBytes((char*)address, 5, bytes, 64);
        return *(ulong*)bytes;
    }

    [EscapeAttack("callvirt", Api = "UTF32Encoding::GetBytes")]
    public static void UTF32BytesDestination(nint address, ulong value)
    {
        char* chars = stackalloc char[1];
        *chars = '#';
        Exact(new UTF32Encoding()).GetBytes(chars, 1, (byte*)address, 8);
    }

    [EscapeAttack("callvirt", Api = "UTF32Encoding::GetCharCount", ReadsCharacters = true)]
    public static ulong UTF32CharCount(nint address) => (ulong)Exact(new UTF32Encoding()).GetCharCount((byte*)address, 8);

    [EscapeAttack("callvirt", Api = "UTF32Encoding::GetChars", ReadsText = true)]
    public static ulong UTF32CharsSource(nint address)
    {
        char* chars = stackalloc char[16];
        *(ulong*)chars = ulong.MaxValue;
        Exact(new UTF32Encoding()).GetChars((byte*)address, 8, chars, 16);
        return *(ulong*)chars;
    }

    [EscapeAttack("callvirt", Api = "UTF32Encoding::GetChars")]
    public static void UTF32CharsDestination(nint address, ulong value)
    {
        byte* bytes = stackalloc byte[4];
        *(uint*)bytes = 0x23;
        Exact(new UTF32Encoding()).GetChars(bytes, 4, (char*)address, 8);
    }

    [EscapeAttack("callvirt", Api = "UTF8Encoding::GetByteCount", ReadsCharacters = true)]
    public static ulong UTF8ByteCount(nint address) => (ulong)Exact(new UTF8Encoding()).GetByteCount((char*)address, 8);

    [EscapeAttack("callvirt", Api = "UTF8Encoding::GetBytes", ReadsText = true)]
    public static ulong UTF8BytesSource(nint address)
    {
        byte* bytes = stackalloc byte[64];
        *(ulong*)bytes = ulong.MaxValue;
        Exact(new UTF8Encoding()).GetBytes((char*)address, 5, bytes, 64);
        return *(ulong*)bytes;
    }

    [EscapeAttack("callvirt", Api = "UTF8Encoding::GetBytes")]
    public static void UTF8BytesDestination(nint address, ulong value)
    {
        char* chars = stackalloc char[1];
        *chars = '#';
        Exact(new UTF8Encoding()).GetBytes(chars, 1, (byte*)address, 8);
    }

    [EscapeAttack("callvirt", Api = "UTF8Encoding::GetCharCount", ReadsCharacters = true)]
    public static ulong UTF8CharCount(nint address) => (ulong)Exact(new UTF8Encoding()).GetCharCount((byte*)address, 8);

    [EscapeAttack("callvirt", Api = "UTF8Encoding::GetChars", ReadsText = true)]
    public static ulong UTF8CharsSource(nint address)
    {
        char* chars = stackalloc char[16];
        *(ulong*)chars = ulong.MaxValue;
        Exact(new UTF8Encoding()).GetChars((byte*)address, 8, chars, 16);
        return *(ulong*)chars;
    }

    [EscapeAttack("callvirt", Api = "UTF8Encoding::GetChars")]
    public static void UTF8CharsDestination(nint address, ulong value)
    {
        byte* bytes = stackalloc byte[4];
        *(uint*)bytes = 0x23;
        Exact(new UTF8Encoding()).GetChars(bytes, 4, (char*)address, 8);
    }

    [EscapeAttack("callvirt", Api = "Encoder::GetByteCount", ReadsCharacters = true)]
    public static ulong EncoderCount(nint address) => (ulong)Any.GetEncoder().GetByteCount((char*)address, 8, true);

    [EscapeAttack("callvirt", Api = "Encoder::GetBytes", ReadsText = true)]
    public static ulong EncoderSource(nint address)
    {
        byte* target = stackalloc byte[64];
        Any.GetEncoder().GetBytes((char*)address, 8, target, 64, true);
        return *(ulong*)target;
    }

    [EscapeAttack("callvirt", Api = "Encoder::Convert", ReadsText = true)]
    public static ulong EncoderConvertSource(nint address)
    {
        byte* target = stackalloc byte[64];
        Any.GetEncoder().Convert((char*)address, 8, target, 64, true, out _, out _, out _);
        return *(ulong*)target;
    }

    [EscapeAttack("callvirt", Api = "Encoder::Convert")]
    public static void EncoderConvertDestination(nint address, ulong value)
    {
        char source = (char)0x23;
        Any.GetEncoder().Convert(&source, 1, (byte*)address, 8, true, out _, out _, out _);
    }

    [EscapeAttack("callvirt", Api = "Decoder::GetCharCount", ReadsCharacters = true)]
    public static ulong DecoderCount(nint address) => (ulong)Any.GetDecoder().GetCharCount((byte*)address, 8, true);

    [EscapeAttack("callvirt", Api = "Decoder::GetChars", ReadsText = true)]
    public static ulong DecoderSource(nint address)
    {
        char* target = stackalloc char[64];
        Any.GetDecoder().GetChars((byte*)address, 8, target, 64, true);
        return *(ulong*)target;
    }

    [EscapeAttack("callvirt", Api = "Decoder::Convert", ReadsText = true)]
    public static ulong DecoderConvertSource(nint address)
    {
        char* target = stackalloc char[64];
        Any.GetDecoder().Convert((byte*)address, 8, target, 64, true, out _, out _, out _);
        return *(ulong*)target;
    }

    [EscapeAttack("callvirt", Api = "Decoder::Convert")]
    public static void DecoderConvertDestination(nint address, ulong value)
    {
        byte source = (byte)0x23;
        Any.GetDecoder().Convert(&source, 1, (char*)address, 8, true, out _, out _, out _);
    }

    private static Encoding Any => Exact<Encoding>(Encoding.UTF8);

    // What cannot be converted counts nothing, so that counts depend on what is read.
    private static T Exact<T>(T encoding)
        where T : Encoding
    {
        var exact = (T)encoding.Clone();
        exact.EncoderFallback = new EncoderReplacementFallback("");
        exact.DecoderFallback = new DecoderReplacementFallback("");
        return exact;
    }
}
