using MemSentry.Packages.Tests.Infrastructure;

namespace MemSentry.Packages.Tests;

/// <summary>docs/first-five-minutes.md is true, word for word.</summary>
[TestFixture]
internal sealed class FirstFiveMinutesTests
{
    private static readonly IReadOnlyList<TranscriptStep> Steps = Transcript.Read(Path.Combine(Repository.Root, "docs", "first-five-minutes.md"));

    [Test]
    public void They_take_less_than_ten_commands() =>
        Assert.That(Steps.OfType<CommandStep>().Count(), Is.InRange(5, 9));

    [Test]
    public void Everything_on_the_page_happens_as_it_says()
    {
        // The one thing that a test adds: where the packages are.
        string start = Path.Combine(Feed.Workspaces, "FirstFiveMinutes");
        Feed.WriteSource(start);

        string folder = start;
        foreach (TranscriptStep step in Steps)
        {
            if (step is FileStep file)
                File.WriteAllText(Path.Combine(start, file.Path), file.Text);
            else if (step is CommandStep { Folder: { } below })
                folder = Path.Combine(folder, below);
            else if (step is CommandStep command)
                AssertAnswer(command, Command.Run(folder, "/bin/sh", "-c", command.Command));
        }
    }

    private static void AssertAnswer(CommandStep command, CommandResult result) => Assert.That(command.IsAnsweredBy(result.Output), result.ToString());
}
