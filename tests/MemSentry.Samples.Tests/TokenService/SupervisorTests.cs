using MemSentry.Commands;
using MemSentry.Services;

namespace MemSentry.Samples.Tests.TokenService;

/// <summary>The supervisor with commands that end as a service might; <see cref="AttackTests"/> and <see cref="RefusalTests"/> have it run the service.</summary>
[TestFixture]
internal sealed class SupervisorTests
{
    [Test]
    public void What_keeps_ending_is_left_alone_after_five_times_within_a_minute()
    {
        CommandResult result = Supervise("kill -ABRT $$");

        Assert.That(result.ExitCode, Is.EqualTo(134));
        Assert.That(result.Output.Split("it is started again").Length - 1, Is.EqualTo(4), result.Output);
        Assert.That(result.Output, Does.Contain("supervise: the service ended 5 times within 60 s, the last time with 134; it stays down."));
    }

    [TestCase(0)]
    [TestCase(2)]
    [TestCase(3)]
    public void What_was_stopped_or_refuses_is_not_started_again(int exitCode)
    {
        CommandResult result = Supervise($"exit {exitCode}");

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((exitCode, "")));
    }

    private static CommandResult Supervise(string command) =>
        Command.Run(ServiceBuild.BuiltFolder, Path.Combine(ServiceBuild.BuiltFolder, "supervise.sh"), "bash", "-c", command);
}
