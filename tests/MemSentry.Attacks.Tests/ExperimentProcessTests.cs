using MemSentry.Attacks.Building;
using MemSentry.Attacks.Running;

namespace MemSentry.Attacks.Tests;

/// <summary>A child that cannot run is a failure with a name, not a gap.</summary>
public sealed class ExperimentProcessTests
{
    [Test]
    public void A_child_that_finds_no_fixtures_is_reported()
    {
        ExperimentRun run = ExperimentProcess.Run(Path.Combine(TestContext.CurrentContext.WorkDirectory, "no such folder"), Arm.Woven[0], ExecutionMode.Default, 1);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Facts, Is.Empty);
            Assert.That(run.Failures, Is.EqualTo([run.Failures[0]]));
            Assert.That(run.Failures[0], Does.StartWith("The process ended with exit code").And.Contain("before the first row"));
        }
    }

    [Test]
    public void Without_fallback_the_unwoven_build_gets_no_region()
    {
        ExperimentRun run = ExperimentProcess.Run(
            SharedStage.Stage.Folder(Arm.Unwoven, BuildConfiguration.Release), Arm.Woven[0], ExecutionMode.Default, 1);
        Assert.That(run.Failures, Has.Some.Contains("MS7011"));
    }
}
