using System.Diagnostics;
using System.Reflection;

namespace MemSentry.Runtime.Tests.ProtectionKeys;

/// <summary>The stubs on a processor that has protection keys: this one, or an emulated one.</summary>
[TestFixture]
internal sealed class EmulationTests
{
    /// <summary>How <c>build/emulate-pku.sh</c> says that it needs what is not there.</summary>
    private const int Skipped = 77;

    private static readonly string Script = Path.Combine(
        typeof(EmulationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!, "build", "emulate-pku.sh");

    [Test]
    public void Stubs_do_on_a_processor_with_keys_what_they_are_to_do()
    {
        (int exitCode, string output, string error) = Run([], "--program", AppContext.BaseDirectory);
        if (exitCode == Skipped)
        {
            Assert.Ignore(output);
        }

        Assert.That(exitCode, Is.EqualTo(0), output + error);
        Assert.That(output, Does.Match("protection keys: 3[0-9] held, 0 failed\nexit code 0$").And.Not.Contain("FAILED"));
        TestContext.Out.WriteLine(output);
    }

    [Test]
    public void Without_emulator_it_says_what_to_install()
    {
        if (Native.ProcessorFacts.Read().AreProtectionKeysOn)
        {
            Assert.Ignore("this machine has protection keys and needs no emulator");
        }

        DirectoryInfo tools = Directory.CreateTempSubdirectory("memsentry-tools-");
        foreach (string tool in (string[])["env", "bash", "dirname", "grep"])
        {
            File.CreateSymbolicLink(Path.Combine(tools.FullName, tool), Path.Combine("/usr/bin", tool));
        }

        File.CreateSymbolicLink(Path.Combine(tools.FullName, "dotnet"), "/usr/bin/true");
        (int exitCode, string output, _) = Run(new() { ["PATH"] = tools.FullName });
        tools.Delete(recursive: true);

        Assert.That(
            (exitCode, output),
            Is.EqualTo((Skipped, "emulate-pku: skipped: qemu-system-x86_64 is missing (Debian: apt-get install qemu-system-x86 busybox-static cpio)")));
    }

    [Test]
    public void What_is_no_option_is_refused() =>
        Assert.That(Run([], "--no-such-option").ExitCode, Is.EqualTo(2));

    private static (int ExitCode, string Output, string Error) Run(Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Script, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process script = Process.Start(start)!;
        Task<string> error = script.StandardError.ReadToEndAsync();
        string output = script.StandardOutput.ReadToEnd().Trim();
        script.WaitForExit();
        return (script.ExitCode, output, error.Result);
    }
}
