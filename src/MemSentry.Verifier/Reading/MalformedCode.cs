namespace MemSentry.Verifier.Reading;

/// <summary>
/// What Cecil throws when bytes are not what they claim to be. It reads a body only when asked for it, and follows lengths, indices and tokens
/// without looking at them first, so damage shows late and as almost any exception.
/// </summary>
internal static class MalformedCode
{
    /// <summary>Whether an exception can come from the bytes that are verified.</summary>
    public static bool Explains(Exception exception) => exception
        is BadImageFormatException
        or IOException
        or ArgumentException
        or InvalidOperationException
        or NotSupportedException
        or NotImplementedException
        or IndexOutOfRangeException
        or NullReferenceException
        or InvalidCastException
        or KeyNotFoundException
        or FormatException
        or InvalidDataException
        or OutOfMemoryException
        or ArithmeticException;
}
