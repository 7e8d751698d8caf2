using MemSentry.Attacks.Building;
using MemSentry.Fuzzing.Domains.Campaign;
using MemSentry.Fuzzing.Domains.Shrinking;

namespace MemSentry.Fuzzing.Tests.Domains;

/// <summary>Every scenario that once showed a defect, woven in all ways and run in all modes.</summary>
[TestFixture]
internal sealed class ScenarioRegressionTests
{
    private static readonly string[] Files = [.. Directory.EnumerateFiles(ScenarioRegression.Folder, "*.json").Order(StringComparer.Ordinal)];

    [Test]
    public void Nothing_is_wrong_with_them_any_more()
    {
        string root = Directory.CreateTempSubdirectory("memsentry-regressions-").FullName;
        string[] found = [.. ScenarioReplay.Run([.. Files.Select(f => ScenarioRegression.Read(f).Scenario)], root, BuildConfiguration.Release).Select(f => $"{Path.GetFileName(Files[f.Member])}: {f}")];

        Directory.Delete(root, recursive: true);
        Assert.That(Files, Is.Not.Empty);
        Assert.That(found, Is.Empty);
    }
}
