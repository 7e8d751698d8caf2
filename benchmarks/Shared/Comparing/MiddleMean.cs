namespace MemSentry.Benchmarks.Comparing;

/// <summary>
/// The mean of the middle half. What decides by its data has two peaks, depending on where its code lies, and a median would jump from one to the other; samples that something disturbed are
/// outside of the middle.
/// </summary>
internal static class MiddleMean
{
    /// <summary>Of at least one value.</summary>
    public static double Of(IReadOnlyCollection<double> values)
    {
        int outside = values.Count / 4;
        return values.Order().Skip(outside).Take(values.Count - (2 * outside)).Average();
    }
}
