using MemSentry.RealOverhead.Arms;

namespace MemSentry.RealOverhead.Measuring;

/// <summary>Compares a subject in several processes, one after the other, in each of which code and data lie at other places.</summary>
internal static class WorkSamples
{
    /// <summary>Measures.</summary>
    /// <exception cref="InvalidDataException">A process could not.</exception>
    public static IEnumerable<WorkResult> Of(WovenSubject subject) => Enumerable.Range(0, subject.Subject.Processes)
        .SelectMany(seed => ComparisonProcess.Run(subject.Comparison(seed)))
        .GroupBy(sample => sample.Work, sample => sample.Ratio)
        .Select(work => new WorkResult(subject.Subject.Subject.Name, work.Key, [.. work]));
}
