namespace MemSentry.Weaver.Reading;

/// <summary>
/// What Cecil throws when bytes are not what they claim to be. It reads lengths, indices and tokens without looking at them first, so
/// hostile or damaged bytes surface as almost any exception; which one says nothing to a user.
/// </summary>
internal static class MalformedInput
{
    /// <summary>Whether an exception that was thrown while reading can come from the bytes that were read.</summary>
    public static bool Explains(Exception exception) => exception
        is BadImageFormatException
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
        or EndOfStreamException
        or OutOfMemoryException
        or ArithmeticException;
}
