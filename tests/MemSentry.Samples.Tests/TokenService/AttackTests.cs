using System.Net;
using MemSentry.Services;

namespace MemSentry.Samples.Tests.TokenService;

/// <summary>The wild read of the debug endpoint, at the key's very address.</summary>
[TestFixture]
internal sealed class AttackTests
{
    [Test]
    public async Task Without_protection_it_brings_the_key()
    {
        using ServiceProcess service = Start("none");
        using ServiceClient client = BuiltServices.Connect(service);

        ServiceAnswer answer = await Attack(client);

        Assert.That(answer.Body, Is.EqualTo(BuiltServices.Key));
    }

    [TestCase("mpx")]
    [TestCase("sfi")]
    public async Task Where_addresses_are_compared_it_is_refused_and_counted_and_the_service_goes_on(string method)
    {
        using ServiceProcess service = Start(method);
        using ServiceClient client = BuiltServices.Connect(service);
        string token = await client.SignAsync("alice");

        ServiceAnswer answer = await Attack(client);

        Assert.That((answer.Status, (string?)answer.Json["code"]), Is.EqualTo((HttpStatusCode.Forbidden, "MS7100")), answer.Text);
        Assert.That(answer.Text, Does.Not.Contain("0x"), "addresses are for the log");
        Assert.That((await client.VerifyAsync(token)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await client.ReadMetricsAsync())["memsentry_violations_total"], Is.EqualTo(1));

        service.Stop();
        ServiceEnd end = service.WaitForEnd();
        Assert.That(end.ExitCode, Is.Zero);
        Assert.That(end.Output, Does.Contain("inside the safe region 'token key'").And.Contain("DebugEndpoints::Read("));
    }

    [TestCaseSource(nameof(OtherMethods))]
    public async Task Under_the_other_methods_it_never_brings_the_key(string method)
    {
        using ServiceProcess service = Start(method);
        using ServiceClient client = BuiltServices.Connect(service);

        try
        {
            Assert.That((await Attack(client)).Body.AsSpan().IndexOf(BuiltServices.Key), Is.Negative);
        }
        catch (HttpRequestException)
        {
            ServiceEnd end = service.WaitForEnd();
            Assert.That((end.ExitCode, end.Errors), Is.EqualTo((134, end.Errors)));
            Assert.That(end.Errors, Does.Match("MS71[0-9]{2}: .*'token key'"));
        }
    }

    [Test]
    public async Task A_service_that_it_ends_is_started_again_and_knows_its_tokens()
    {
        using ServiceProcess supervisor = ServiceProcess.StartSupervised(BuiltServices.Folder("mprotect"), BuiltServices.Settings);
        using ServiceClient first = BuiltServices.Connect(supervisor);
        string token = await first.SignAsync("alice");

        Assert.That(() => Attack(first), Throws.InstanceOf<HttpRequestException>());

        using ServiceClient second = BuiltServices.Connect(supervisor);
        Assert.That((await second.VerifyAsync(token)).Status, Is.EqualTo(HttpStatusCode.OK));

        supervisor.Stop();
        ServiceEnd end = supervisor.WaitForEnd();
        Assert.That(end.ExitCode, Is.Zero);
        Assert.That(end.Errors, Does.Contain("MS7102").And.Contain("supervise: the service ended with 134; it is started again."));
    }

    private static IEnumerable<string> OtherMethods => ServiceBuild.Methods.Except(["none", "mpx", "sfi"]);

    private static ServiceProcess Start(string method) => ServiceProcess.Start(BuiltServices.Folder(method), BuiltServices.Settings);

    private static async Task<ServiceAnswer> Attack(ServiceClient client)
    {
        string leak = (await client.GetAsync("/debug/objects")).Text;
        return await client.GetAsync($"/debug/memory?address={leak["key 0x".Length..]}&length={BuiltServices.Key.Length}");
    }
}
