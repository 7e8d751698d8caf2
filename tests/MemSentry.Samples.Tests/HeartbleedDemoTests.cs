using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace MemSentry.Samples.Tests;

public class HeartbleedDemoTests
{
    [Test]
    public void The_demo_leaks_where_nothing_protects_and_blocks_where_mpx_mprotect_and_crypt_do()
    {
        (int exitCode, string[] lines) = RunDemo();

        string whole = string.Join('\n', lines);
        Assert.That(lines[^1], Is.EqualTo("demo 6/6 passed/total"), whole);
        Assert.That(exitCode, Is.Zero, whole);
        Assert.That(lines.Count(l => l.StartsWith("  attack works", StringComparison.Ordinal)), Is.EqualTo(4), whole);
        Assert.That(lines.Count(l => l.StartsWith("  blocked", StringComparison.Ordinal)), Is.EqualTo(5), whole);
        Assert.That(whole, Does.Not.Contain('\u001b'), "colour in redirected output");
    }

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
