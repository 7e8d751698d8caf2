namespace MemSentry.Kernels;

/// <summary>A checksum over results in memory; outside the loops that are measured, or a small part of their work.</summary>
internal static unsafe class Checksum
{
    /// <summary>Over whole words of 64 bits; what is left over at the end does not count.</summary>
    public static ulong Of(void* start, long bytes)
    {
        ulong sum = 14695981039346656037;
        var word = (ulong*)start;
        for (long i = 0; i < bytes / sizeof(ulong); i++)
            sum = (sum ^ word[i]) * 1099511628211;

        return sum;
    }
}
