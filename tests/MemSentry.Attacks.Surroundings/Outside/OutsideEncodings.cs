using System.Text;

namespace MemSentry.Attacks.Outside;

/// <summary>Encodings whose results depend on what they read.</summary>
public static class OutsideEncodings
{
    /// <summary>A copy for which what cannot be converted counts nothing.</summary>
    public static Encoding CountingOnlyWhatItKnows(Encoding encoding)
    {
        var copy = (Encoding)encoding.Clone();
        copy.EncoderFallback = new EncoderReplacementFallback("");
        copy.DecoderFallback = new DecoderReplacementFallback("");
        return copy;
    }
}
