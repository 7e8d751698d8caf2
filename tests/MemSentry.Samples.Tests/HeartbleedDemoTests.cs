using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace MemSentry.Samples.Tests;

public class HeartbleedDemoTests
{
    [Test]
    public void The_demo_leaks_where_nothing_protects_and_blocks_where_mpx_mpk_mprotect_and_crypt_do()
    {
        (int exitCode, string[] lines) = RunDemo();

        string whole = string.Join('\n', lines);
        Assert.That(lines[^1], Is.EqualTo("demo 7/7 passed/total"), whole);
        Assert.That(exitCode, Is.Zero, whole);
        Assert.That(lines.Count(l => l.StartsWith("  attack works", StringComparison.Ordinal)), Is.EqualTo(4), whole);
        Assert.That(lines.Count(l => l.StartsWith("  blocked", StringComparison.Ordinal)), Is.EqualTo(HasKeys ? 6 : 5), whole);
        Assert.That(whole.Contains("mpk: ", StringComparison.Ordinal) && whole.Contains("this machine has no protection keys, and the server does not start without: The server ended: MS7021: ", StringComparison.Ordinal), Is.EqualTo(!HasKeys), whole);
        Assert.That(whole, Does.Not.Contain('\u001b'), "colour in redirected output");
    }

    private static bool HasKeys =>
        File.ReadLines("/proc/cpuinfo").Any(line => line.StartsWith("flags", StringComparison.Ordinal) && $"{line} ".Contains(" ospke ", StringComparison.Ordinal));

    private static (int ExitCode, string[] Lines) RunDemo()
    {
        string host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        string folder = typeof(HeartbleedDemoTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "DemoFolder").Value!;
        string demo = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, folder, "Heartbleed.dll"));
        using Process process = Process.Start(new ProcessStartInfo(host, [demo]) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
