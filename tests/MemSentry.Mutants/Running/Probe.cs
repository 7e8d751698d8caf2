using MemSentry.Mutants.Reporting;
using MemSentry.Mutants.Subjects;

namespace MemSentry.Mutants.Running;

/// <summary>A campaign that ends with the first subject that shows a defect, for who asks whether there is one, and not how many.</summary>
public static class Probe
{
    /// <summary>Runs subjects one after the other, the smallest first: it shows most defects, in the least time.</summary>
    /// <returns>The report of the first that is not as it should be; of the last, if all are.</returns>
    /// <inheritdoc cref="Campaign.Run" path="/exception"/>
    /// <exception cref="ArgumentException">There are no subjects.</exception>
    public static MutantReport Run(Campaign campaign, IReadOnlyList<Subject> subjects)
    {
        MutantReport? report = null;
        foreach (Subject subject in subjects.OrderBy(s => new FileInfo(s.Input).Length).TakeWhile(_ => report is not { IsPerfect: false }))
            report = new MutantReport(campaign.Run([subject]), []);
        return report ?? throw new ArgumentException("There are no subjects to probe.", nameof(subjects));
    }
}
