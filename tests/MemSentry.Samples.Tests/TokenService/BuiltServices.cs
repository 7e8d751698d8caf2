using MemSentry.Services;

namespace MemSentry.Samples.Tests.TokenService;

/// <summary>The services of these tests, each woven when a test first asks for it, and a key that all of them read.</summary>
[SetUpFixture]
internal sealed class BuiltServices
{
    private static readonly Dictionary<string, string> Folders = [];
    private static DirectoryInfo _parent = null!;

    /// <summary>The key.</summary>
    public static byte[] Key { get; } = [.. Enumerable.Range(1, 16).Select(i => (byte)(i * 37))];

    /// <summary>The file that it comes from.</summary>
    public static string KeyFile => Path.Combine(_parent.FullName, "key");

    /// <summary>Settings with that key and the debug endpoints.</summary>
    public static Dictionary<string, string> Settings => new() { ["Tokens__KeyFile"] = KeyFile, ["Debug__Enabled"] = "true" };

    /// <summary>The folder of a service.</summary>
    public static string Folder(string method) => Folders.TryGetValue(method, out string? folder) ? folder : Folders[method] = ServiceBuild.Make(method, _parent.FullName);

    /// <summary>A client of a service that starts; ignores the test where the machine has not what the method needs, and the service says so as it should.</summary>
    public static ServiceClient Connect(ServiceProcess service)
    {
        try
        {
            return new ServiceClient(service.Connect());
        }
        catch (ServiceException refusal) when (refusal.End is { ExitCode: 3 } end)
        {
            Assert.That(end.Errors, Does.Match(@"\AMS702[0-2]: [^\n]+\.\n\z"));
            Assert.Ignore(end.Errors);
            throw;
        }
    }

    [OneTimeSetUp]
    public static void MakeFolder()
    {
        _parent = Directory.CreateTempSubdirectory("memsentry-tokens-");
        File.WriteAllBytes(KeyFile, Key);
    }

    [OneTimeTearDown]
    public static void DeleteFolder() => _parent.Delete(recursive: true);
}
