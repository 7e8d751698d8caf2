using static MemSentry.AccessTable.Row;

namespace MemSentry.AccessTable;

/// <summary>Strings and encodings. Encodings, encoders and decoders can be overridden by anyone, so their pointers escape.</summary>
internal static class TextRows
{
    private static readonly ElementSize Char = Bytes(2);

    public static ApiRow[] StringRows =>
    [
        Member(".ctor(char*)", CopySource(0, Terminated)).Gives(Unrelated),
        Member(".ctor(sbyte*)", CopySource(0, Terminated)).Gives(Unrelated),
        Member(".ctor(char*, int, int)", CopySource(0, Count(2, Char)).At(Plus(1, Char))).Gives(Unrelated),
        Member(".ctor(sbyte*, int, int)", CopySource(0, Count(2, ElementSize.Byte)).At(Plus(1, ElementSize.Byte))).Gives(Unrelated),
        Member(".ctor(sbyte*, int, int, Encoding)", Escape(0)).Gives(Unrelated),
    ];

    public static ApiType[] Types =>
    [
        new("System.Text.StringBuilder", Member("Append(char*, int)", CopySource(0, Count(1, Char)))),
        new("System.Security.SecureString", Member(".ctor(char*, int)", CopySource(0, Count(1, Char))).Gives(Unrelated)),
        new("System.Text.Encoding", [.. Both, Escapes("GetString")]),
        new("System.Text.ASCIIEncoding", Both),
        new("System.Text.UnicodeEncoding", Both),
        new("System.Text.UTF32Encoding", Both),
        new("System.Text.UTF7Encoding", Both),
        new("System.Text.UTF8Encoding", Both),
        new("System.Text.Encoder", Escapes("GetByteCount"), Escapes("GetBytes"), Escapes("Convert"), Unnamed),
        new("System.Text.Decoder", Escapes("GetCharCount"), Escapes("GetChars"), Escapes("Convert"), Unnamed),
        new("System.Text.Encodings.Web.TextEncoder", Escapes("TryEncodeUnicodeScalar"), Escapes("FindFirstCharacterToEncode"), Unnamed),
    ];

    private static ApiRow[] Both => [Escapes("GetByteCount"), Escapes("GetBytes"), Escapes("GetCharCount"), Escapes("GetChars")];
}
