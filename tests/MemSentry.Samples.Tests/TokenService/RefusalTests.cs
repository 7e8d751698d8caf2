using System.Net;
using System.Net.Sockets;
using MemSentry.Services;

namespace MemSentry.Samples.Tests.TokenService;

/// <summary>A service that cannot start says why in one sentence, and its exit code tells a supervisor not to try again.</summary>
[TestFixture]
internal sealed class RefusalTests
{
    [Test]
    public void A_method_that_cannot_protect_here_is_refused_with_its_code()
    {
        using ServiceProcess service = ServiceProcess.StartAfter("ulimit -s unlimited", BuiltServices.Folder("sfi"), BuiltServices.Settings);

        Expect(service, 3, @"MS7014: [^\n]+");
    }

    [Test]
    public void A_supervisor_does_not_start_it_again()
    {
        using ServiceProcess supervisor = ServiceProcess.StartSupervised(BuiltServices.Folder("mpx"), new Dictionary<string, string> { ["MEMSENTRY_FALLBACK"] = "perhaps" });

        Expect(supervisor, 3, @"MS7012: [^\n]+");
    }

    [TestCase("Tokens__KeyFile", "/nowhere/key", "[^\n]*'/nowhere/key'[^\n]*")]
    [TestCase("Tokens__KeyFile", "/dev/zero", "The key file '/dev/zero' has more than 16 bytes; give it exactly 16 random ones")]
    [TestCase("Tokens__KeyFile", "/dev/null", "The key file '/dev/null' has only 0 bytes; give it exactly 16 random ones")]
    [TestCase("Tokens__LifetimeSeconds", "0", "Tokens:LifetimeSeconds is 0; it must lie between 1 and 315360000")]
    [TestCase("Tokens__LifetimeSeconds", "soon", "[^\n]*Tokens:LifetimeSeconds[^\n]*")]
    public void A_wrong_setting_is_named(string name, string value, string sentence)
    {
        using ServiceProcess service = ServiceProcess.Start(ServiceBuild.BuiltFolder, new Dictionary<string, string> { [name] = value });

        Expect(service, 2, sentence);
    }

    [Test]
    public void A_port_that_is_taken_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, port: 0);
        other.Start();
        using ServiceProcess service = ServiceProcess.Start(ServiceBuild.BuiltFolder, new Dictionary<string, string> { ["Urls"] = $"http://{other.LocalEndpoint}" });

        Expect(service, 2, $"[^\n]*{other.LocalEndpoint}[^\n]*in use");
    }

    private static void Expect(ServiceProcess service, int exitCode, string sentence)
    {
        ServiceEnd end = Assert.Throws<ServiceException>(() => service.Connect())!.End!;

        Assert.That(end.Errors, Does.Match($@"\A{sentence}\.\n\z"));
        Assert.That(end.ExitCode, Is.EqualTo(exitCode));
    }
}
