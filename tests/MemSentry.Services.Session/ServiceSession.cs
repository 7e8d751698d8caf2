using System.Security.Cryptography;

namespace MemSentry.Services.Session;

/// <summary>Signs and verifies, reads the key by the bug of the debug endpoint, and looks what is left: the service of a method that ends the process is started again.</summary>
internal static class ServiceSession
{
    private const int KeyLength = 16;

    /// <summary>Prints what happens.</summary>
    /// <returns>0 if tokens are good before and after the attack, and that has ended the service with the line that says why.</returns>
    public static async Task<int> PlayAsync(string folder)
    {
        string keyFile = Path.Combine(Path.GetTempPath(), "session.key");
        await File.WriteAllBytesAsync(keyFile, RandomNumberGenerator.GetBytes(KeyLength));
        using ServiceProcess supervisor = ServiceProcess.StartSupervised(folder, new Dictionary<string, string> { ["Tokens__KeyFile"] = keyFile, ["Debug__Enabled"] = "true" });
        using var first = new ServiceClient(supervisor.Connect());
        Console.WriteLine($"health: {(await first.GetAsync("/health")).Text}");
        string token = await first.SignAsync("alice");
        Console.WriteLine($"before the attack: {await VerifyAsync(first, token)}");
        Console.WriteLine($"the wild read: {await ReadWildlyAsync(first)}");

        using var second = new ServiceClient(supervisor.Connect());
        string after = await VerifyAsync(second, token);
        Console.WriteLine($"after the attack: {after}");
        supervisor.Stop();
        ServiceEnd end = supervisor.WaitForEnd();
        string[] lines = [.. end.Errors.Split('\n').Where(l => l.Contains("MS71", StringComparison.Ordinal) || l.StartsWith("supervise: ", StringComparison.Ordinal))];
        Console.WriteLine($"{string.Join('\n', lines)}\nthe supervisor ended with {end.ExitCode}");
        File.Delete(keyFile);
        return after == "OK" && end.ExitCode == 0 && lines is [_, _] ? 0 : 1;
    }

    private static async Task<string> VerifyAsync(ServiceClient client, string token) => $"{(await client.VerifyAsync(token)).Status}";

    private static async Task<string> ReadWildlyAsync(ServiceClient client)
    {
        string leak = (await client.GetAsync("/debug/objects")).Text;
        try
        {
            return $"{(await client.GetAsync($"/debug/memory?address={leak["key 0x".Length..]}&length={KeyLength}")).Status}";
        }
        catch (HttpRequestException)
        {
            return "no answer";
        }
    }
}
