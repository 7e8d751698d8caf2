using System.Diagnostics;
using System.Reflection;
using MemSentry.Services.Session;

namespace MemSentry.Samples.Tests.TokenService;

/// <summary>The service under <c>mpk</c> on a processor that has protection keys, this one or an emulated one.</summary>
[TestFixture]
internal sealed class EmulatedTests
{
    /// <summary>How <c>build/emulate-pku.sh</c> says that it needs what is not there.</summary>
    private const int Skipped = 77;

    private static readonly string Root =
        typeof(EmulatedTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;

    [Test]
    public void With_keys_the_wild_read_ends_it_and_the_next_one_knows_its_tokens()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("memsentry-session-");
        string[] arguments = ["--program", folder.FullName, "--commands", EmulatedSession.Fill(folder.FullName)];
        using Process script = Process.Start(new ProcessStartInfo(Path.Combine(Root, "build", "emulate-pku.sh"), arguments) { RedirectStandardOutput = true })!;
        string output = script.StandardOutput.ReadToEnd();
        script.WaitForExit();
        folder.Delete(recursive: true);
        if (script.ExitCode == Skipped)
        {
            Assert.Ignore(output);
        }

        Assert.That(script.ExitCode, Is.Zero, output);
        Assert.That(output, Does.Match(
            "health: {\"healthy\":true,\"protecting\":true,\"methods\":\\[\"mpk\"\\]}\n" +
            "before the attack: OK\n" +
            "the wild read: no answer\n" +
            "after the attack: OK\n" +
            "MemSentry: MS7102: The processor stopped a load at 0x12[0-9a-f]+, inside the safe region 'token key' of the domain 'default' \\(byte 0 of [0-9]+\\), .*\n" +
            "supervise: the service ended with 134; it is started again\\.\n" +
            "the supervisor ended with 0\n"));
    }
}
