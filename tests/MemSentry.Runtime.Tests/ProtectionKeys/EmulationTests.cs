using System.Diagnostics;
using System.Reflection;

namespace MemSentry.Runtime.Tests.ProtectionKeys;

/// <summary>The stubs on a processor that has protection keys: this one, or an emulated one.</summary>
[TestFixture]
internal sealed class EmulationTests
{
    /// <summary>How <c>build/emulate-pku.sh</c> says that it needs what is not there.</summary>
    private const int Skipped = 77;

    [Test]
    public void Stubs_do_on_a_processor_with_keys_what_they_are_to_do()
    {
        string root = typeof(EmulationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;
        var start = new ProcessStartInfo(Path.Combine(root, "build", "emulate-pku.sh"), ["--program", AppContext.BaseDirectory])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process script = Process.Start(start)!;
        Task<string> error = script.StandardError.ReadToEndAsync();
        string output = script.StandardOutput.ReadToEnd().Trim();
        script.WaitForExit();
        if (script.ExitCode == Skipped)
        {
            Assert.Ignore(output);
        }

        Assert.That(script.ExitCode, Is.EqualTo(0), output + error.Result);
        Assert.That(output, Does.Match("protection keys: 3[0-9] held, 0 failed\nexit code 0$").And.Not.Contain("FAILED"));
        TestContext.Out.WriteLine(output);
    }
}
