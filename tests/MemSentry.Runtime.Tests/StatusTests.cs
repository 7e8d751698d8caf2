using MemSentry.Native;
using MemSentry.Startup;

namespace MemSentry.Runtime.Tests;

public sealed unsafe class StatusTests
{
    [Test]
    public void The_status_tells_what_protects_this_process()
    {
        MemSentryStatus status = MemSentryRuntime.Status;

        Assert.That(status.IsProtecting);
        Assert.That(status.LayoutVersion, Is.EqualTo(AddressSpaceLayout.Version));
        Assert.That(status.Methods, Is.EqualTo((string[])["mpx"]));
        Assert.That(status.WovenModules, Has.One.EqualTo(new WovenModuleStatus("MemSentry.Runtime.Tests", WovenTestProcess.Settings)));
        Assert.That(status.OverriddenRefusal, Is.Null);
        Assert.That(status.IsSealed, Is.EqualTo(status.WhyNotSealed is null));
    }

    [Test]
    public void Loaded_assemblies_that_nobody_has_looked_at_are_named_and_the_framework_is_counted()
    {
        MemSentryStatus status = MemSentryRuntime.Status;

        Assert.That(status.UnwovenAssemblies, Has.One.EqualTo(new UnwovenAssemblyStatus("nunit.framework", null, true)));
        Assert.That(status.UnwovenAssemblies.Select(u => u.Assembly), Has.None.StartsWith("System.").And.None.EqualTo("MemSentry.Runtime").And.None.EqualTo("MemSentry.Native"));
        Assert.That(status.FrameworkAssemblies, Is.GreaterThan(5));
        Assert.That(status.ToString(), Does.Contain("\n    nunit.framework (nobody has looked for raw accesses)\n"));
    }

    [Test]
    public void The_status_counts_regions_and_quarantine()
    {
        MemSentryStatus before = MemSentryRuntime.Status;
        SafeRegion region = SafeRegion.Allocate(100_000);
        MemSentryStatus during = MemSentryRuntime.Status;
        region.Dispose();
        MemSentryStatus after = MemSentryRuntime.Status;

        Assert.That((during.LiveRegions, during.LiveBytes), Is.EqualTo((before.LiveRegions + 1, before.LiveBytes + 100_000)));
        Assert.That((after.LiveRegions, after.LiveBytes), Is.EqualTo((before.LiveRegions, before.LiveBytes)));
        Assert.That(during.CommittedBytes - after.CommittedBytes, Is.EqualTo(25 * 4096));
        Assert.That(after.QuarantinedRegions, Is.Positive);
    }

    [Test]
    public void A_module_that_is_woven_with_none_is_not_called_protected()
    {
        ChildResult child = new Probe("start-with-settings", "ProtMethod=none;Rw=rw").Run();

        Assert.That((child.ExitCode, child.Error), Is.EqualTo((0, "")));
        Assert.That(child.Output, Does.Contain("MemSentry: NOT PROTECTING, layout 1, methods none\n  woven: 1\n"));
    }

    [TestCase("DOTNET_DbgEnableMiniDump=1", true)]
    [TestCase("COMPlus_DbgEnableMiniDump=1;DOTNET_DbgMiniDumpType=4", true)]
    [TestCase("DOTNET_DbgEnableMiniDump=1;DOTNET_DbgMiniDumpType=1", false)]
    [TestCase("DOTNET_DbgEnableMiniDump=0;DOTNET_DbgMiniDumpType=4", false)]
    [TestCase("DOTNET_MODIFIABLE_ASSEMBLIES=Debug", true)]
    [TestCase("DOTNET_MODIFIABLE_ASSEMBLIES=none", false)]
    public void Settings_that_undo_protection_are_named(string variables, bool isWarned)
    {
        Dictionary<string, string> environment = variables.Split(';').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

        Assert.That(ProcessWarnings.Find(name => environment.GetValueOrDefault(name)), Has.Count.EqualTo(isWarned ? 1 : 0));
    }

    [TestCase(0, ExpectedResult = null)]
    [TestCase((int)Errno.ENOSYS, ExpectedResult = "because memfd_secret failed with ENOSYS; run Linux 6.5 or newer, or start an older one with secretmem.enable=1")]
    [TestCase((int)Errno.EAGAIN, ExpectedResult = "because mmap of secret memory failed with EAGAIN; raise RLIMIT_MEMLOCK (ulimit -l) or grant CAP_IPC_LOCK")]
    public string? Regions_with_keys_that_the_kernel_can_read_are_named(int error) => ProcessWarnings.FindSecret(error) is { } warning ? warning[warning.IndexOf("because", StringComparison.Ordinal)..] : null;

    [Test]
    public void Warnings_are_part_of_the_text()
    {
        ChildResult child = new Probe("start") { Environment = { ["DOTNET_MODIFIABLE_ASSEMBLIES"] = "debug" } }.Run();

        Assert.That(child.Output, Does.EndWith(
            "\n  warning: hot reload is on (DOTNET_MODIFIABLE_ASSEMBLIES=debug) and replaces woven code by code without checks; unset it"));
    }

    [Test]
    public void Before_anything_has_started_the_status_says_so()
    {
        // This process has started; an unwoven one that asks for nothing else is a child.
        ChildResult child = new Probe("status").Run();

        Assert.That(child.Output, Does.StartWith("MemSentry: NOT PROTECTING, layout 1, methods none\n  woven: 0\n"));
        Assert.That(child.Output, Does.EndWith("guards: not sealed (nothing is reserved yet)"));
    }

    [Test]
    public void Regions_that_nobody_can_dispose_are_listed_with_their_creation()
    {
        ChildResult child = new Probe("abandon") { Environment = { ["MEMSENTRY_TRACK_CREATION"] = "1" } }.Run();

        Assert.That(child.Output, Is.EqualTo(
            "forgotten: 24 bytes, abandoned True, created here\nheld: 8 bytes, abandoned False, created elsewhere"));
    }

    [Test]
    public void Without_tracking_the_creation_is_unknown() =>
        Assert.That(new Probe("abandon").Run().Output, Does.StartWith("forgotten: 24 bytes, abandoned True, created unknown\n"));
}
