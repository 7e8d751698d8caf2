using System.Text;
using MemSentry.Attacks.Outside;

namespace MemSentry.Attacks.Fixtures;

/// <summary>The members that <c>Encoding</c> declares, and those of its encoders and decoders; what derived encodings declare themselves is attacked from IL.</summary>
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

    private static Encoding Any => OutsideEncodings.CountingOnlyWhatItKnows(Encoding.UTF8);
}
