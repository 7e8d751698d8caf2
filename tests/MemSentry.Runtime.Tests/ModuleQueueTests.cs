namespace MemSentry.Runtime.Tests;

/// <summary>Modules that start in the middle of each other, or at once.</summary>
public sealed class ModuleQueueTests
{
    /// <summary>What the probe needs, but for Iced.dll and the list that asks for it.</summary>
    private static readonly string[] Needed = ["MemSentry.Runtime.Probe.dll", "MemSentry.Runtime.Probe.runtimeconfig.json", "MemSentry.Runtime.dll", "MemSentry.Native.dll"];

    [Test]
    public void A_module_that_starts_in_the_middle_of_another_s_start_waits()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("memsentry-without-assembler-");
        foreach (string file in Needed)
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, file), Path.Combine(folder.FullName, file));
        }

        ChildResult child = new Probe("start-in-the-middle") { Program = Path.Combine(folder.FullName, Needed[0]) }.Run();
        folder.Delete(recursive: true);

        Assert.That((child.ExitCode, child.Output), Is.EqualTo((0, "Second has been asked for\nFirst, Second")), child.ToString());
    }

    /// <summary>The one that starts would have to wait for the initialiser of the other, and that for the start.</summary>
    [Test]
    public void Modules_that_start_on_two_threads_and_need_each_other_do_not_wait_for_ever()
    {
        ChildResult child = new Probe("start-together") { Environment = { ["MEMSENTRY_FALLBACK"] = "unprotected" } }.Run();

        Assert.That((child.ExitCode, child.Output), Is.EqualTo((0, "First, Second")), child.ToString());
    }

    /// <summary>Assemblies of the framework may be woven, and would have to start first. But those that only lead to the core library, which cannot: what is asked of them lies there.</summary>
    [Test]
    public void A_module_that_checks_needs_no_code_beyond_the_core_library_to_start()
    {
        string[] forwarding = ["System.Runtime", "System.Collections", "System.Threading", "System.Memory", "System.Runtime.InteropServices", "System.Runtime.Intrinsics"];
        ChildResult child = new Probe("start-loads").Run();

        Assert.That(child.ExitCode, Is.Zero, child.ToString());
        Assert.That(child.Output.Split(' ').Except(forwarding), Is.EqualTo((string[])["MemSentry.Native"]));
    }
}
