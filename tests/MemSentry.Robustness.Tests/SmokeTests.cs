using MemSentry.Robustness.Campaign;
using MemSentry.Robustness.Running;

namespace MemSentry.Robustness.Tests;

/// <summary>The campaign for seconds; the figure "robustness" is a longer one.</summary>
[TestFixture]
internal sealed class SmokeTests
{
    [Test]
    public void Damaged_assemblies_end_in_a_sentence_or_a_clean_weave_with_every_command()
    {
        CampaignResult result = new RobustnessCampaign(inputs: 360, seed: 7, keep: null).Run();
        Assert.That(result.Wrong, Is.Empty, string.Join('\n', result.Wrong));
        Assert.That(result.Woven, Is.InRange(50, 300));
    }

    [Test]
    public void An_input_follows_from_seed_and_number_alone()
    {
        string folder = Directory.CreateTempSubdirectory("memsentry-robustness-").FullName;
        IReadOnlyList<Subjects.Subject> subjects = Subjects.SubjectFactory.All(folder);
        Directory.Delete(folder, recursive: true);
        foreach (int number in new[] { 0, 17, 1234 })
        {
            DamagedInput first = new InputSeries(subjects, 5)[number];
            DamagedInput again = new InputSeries(subjects, 5)[number];
            Assert.That(again.Image, Is.EqualTo(first.Image));
            Assert.That(again.Mutation, Is.EqualTo(first.Mutation));
            Assert.That(new InputSeries(subjects, 6)[number].Image, Is.Not.EqualTo(first.Image));
        }
    }
}
