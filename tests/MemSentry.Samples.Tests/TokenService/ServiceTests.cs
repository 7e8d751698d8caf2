using System.Net;
using System.Text.Json.Nodes;
using MemSentry.Services;
using MemSentry.Verifier;

namespace MemSentry.Samples.Tests.TokenService;

/// <summary>The service under every method that can be asked for, by a real client over HTTP.</summary>
[TestFixture]
internal sealed class ServiceTests
{
    private static readonly string[] WithoutWindows = ["none", "mpx", "sfi"];

    private static IEnumerable<string> Methods => ServiceBuild.Methods;

    /// <summary>All but the one that protects nothing, of which "verify" says so.</summary>
    private static IEnumerable<string> ProtectingMethods => Methods.Except(["none"]);

    [TestCaseSource(nameof(Methods))]
    public async Task Signs_verifies_and_tells_how_it_is(string method)
    {
        using ServiceProcess service = ServiceProcess.Start(BuiltServices.Folder(method), BuiltServices.Settings);
        using ServiceClient client = BuiltServices.Connect(service);

        string token = await client.SignAsync("alice", "read");
        JsonNode claims = JsonNode.Parse(FrameworkTokens.Open(BuiltServices.Key, token))!;
        Assert.That(((string)claims["sub"]!, (string)claims["scope"]!, (long)claims["exp"]! - (long)claims["iat"]!), Is.EqualTo(("alice", "read", 3600L)));

        string another = FrameworkTokens.Make(BuiltServices.Key, """{"sub":"bob","iat":1,"exp":9999999999}""");
        Assert.That((string)(await client.VerifyAsync(another)).Json["sub"]!, Is.EqualTo("bob"));
        await ExpectRefused(client, FrameworkTokens.Make(BuiltServices.Key, """{"sub":"bob","iat":1,"exp":2}"""), "The token has expired.");
        await ExpectRefused(client, FrameworkTokens.Make(BuiltServices.Key, "not even JSON"), "The token is not genuine.");
        await ExpectRefused(client, FrameworkTokens.Make(new byte[16], """{"sub":"eve","iat":1,"exp":9999999999}"""), "The token is not genuine.");
        await ExpectRefused(client, token[..^1], "The token is not genuine.");
        await ExpectRefused(client, "", "The token is not genuine.");
        Assert.That((await client.PostAsync("/sign", new JsonObject { ["sub"] = "" })).Status, Is.EqualTo(HttpStatusCode.BadRequest));

        ServiceAnswer health = await client.GetAsync("/health");
        Assert.That(((bool)health.Json["healthy"]!, (bool)health.Json["protecting"]!, (string)health.Json["methods"]![0]!), Is.EqualTo((true, method != "none", method)));

        IReadOnlyDictionary<string, double> metrics = await client.ReadMetricsAsync();
        Assert.That((metrics["tokens_signed_total"], metrics["tokens_verified_total"], metrics["memsentry_violations_total"]), Is.EqualTo((2d, 5d, 0d)), "health makes and verifies one");
        Assert.That(metrics["memsentry_windows_total"], Is.EqualTo(WithoutWindows.Contains(method) ? 0 : metrics["tokens_requests_total"]));

        service.Stop();
        Assert.That(service.WaitForEnd().ExitCode, Is.Zero);
    }

    [TestCaseSource(nameof(ProtectingMethods))]
    public void The_verifier_accepts_what_was_woven(string method)
    {
        string folder = BuiltServices.Folder(method);

        VerificationReport report = AssemblyVerification.Run(new(Path.Combine(folder, ServiceBuild.ServerFile), [folder]));

        Assert.That(report.Findings, Is.Empty);
        Assert.That(report.Trusted, Is.GreaterThanOrEqualTo(7));
    }

    [Test]
    public async Task Debugging_is_off_unless_somebody_switches_it_on()
    {
        using ServiceProcess service = ServiceProcess.Start(ServiceBuild.BuiltFolder, new Dictionary<string, string>());
        using ServiceClient client = BuiltServices.Connect(service);

        Assert.That((await client.GetAsync("/debug/objects")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await client.VerifyAsync(await client.SignAsync("alice"))).Status, Is.EqualTo(HttpStatusCode.OK), "under a key that nobody else has");
    }

    private static async Task ExpectRefused(ServiceClient client, string token, string error)
    {
        ServiceAnswer answer = await client.VerifyAsync(token);
        Assert.That((answer.Status, (string)answer.Json["error"]!), Is.EqualTo((HttpStatusCode.Unauthorized, error)));
    }
}
