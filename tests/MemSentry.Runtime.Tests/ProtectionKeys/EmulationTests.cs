using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace MemSentry.Runtime.Tests.ProtectionKeys;

/// <summary>The stubs on a processor that has protection keys: this one, or an emulated one.</summary>
[TestFixture]
internal sealed partial class EmulationTests
{
    /// <summary>How <c>build/emulate-pku.sh</c> says that it needs what is not there.</summary>
    private const int Skipped = 77;

    private const string Usage =
        "usage: build/emulate-pku.sh [--download] [--kernel FILE] [--seconds N] [--processors N] [--result FILE] " +
        "[--program FOLDER [--commands FILE | --entry NAME.dll [ARGUMENT...]]]";

    private static readonly string Root =
        typeof(EmulationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;

    private static readonly string Script = Path.Combine(Root, "build", "emulate-pku.sh");

    [Test]
    public void Stubs_do_on_a_processor_with_keys_what_they_are_to_do()
    {
        (int exitCode, string output, string error) = Run([], "--program", AppContext.BaseDirectory);
        if (exitCode == Skipped)
        {
            Assert.Ignore(output);
        }

        Assert.That(exitCode, Is.EqualTo(0), output + error);
        TestContext.Out.WriteLine(output);
        Assert.That(output, Does.Match("protection keys: 41 held, 0 failed\nexit code 0\n").And.Not.Contain("FAILED"));
        Assert.That(output, Does.Match("no thread but this one has a key open .*\\.NET Tiered.*\\.NET TP Worker.*\\.NET Timer.*\\.NET BGC 5555555"), "with the stub before pthread_create");
        Assert.That(output, Does.Contain("ok     a collection in the background starts threads that are open: without the stub they inherit the window"));
        foreach (string access in (string[])["load", "store"])
        {
            Assert.That(output, Does.Match(
                $"MS7102: The processor stopped a {access} at 0x1[0-9a-f]+7, inside the safe region 'signing keys' of the domain 'payments' \\(byte 7 of 100\\), .*\n" +
                "Fatal error\\.\nSystem\\.AccessViolationException: .*\n.*KeyFault\\."));
        }

        Assert.That(output, Does.Contain("> MemSentry.Native.Probe.dll find-keys\nkeys 0, planted True\n"));
        Assert.That(output, Does.EndWith("commands: 8, 8 as expected"));
    }

    /// <summary>What gates keep record of: windows inside windows. Rights to the default domain, then to the other one.</summary>
    [Test]
    public void Windows_inside_windows_give_back_what_they_found()
    {
        (int exitCode, string output, string error) = Run([], "--program", AppContext.BaseDirectory, "--entry", "MemSentry.Runtime.Probe.dll", "keys-nested");
        if (exitCode == Skipped)
        {
            Assert.Ignore(output);
        }

        string[] steps = [.. output.Split('\n').Where(line => Step().IsMatch(line))];
        Assert.That(exitCode, Is.Zero, output + error);
        Assert.That(steps, Is.EqualTo(
        [
            "first: read none", "second: read write", "third: write write", "suspended: none none", "resumed: write write",
            "third ends: read write", "second ends: read none", "second ends again: read none", "first ends: none none",

            "first: read none", "second: read write", "third: write write", "thrown: none none", "third ends: none none", "handled: read write",
            "second ends: read none", "thrown in the first: none none", "handled in the first: read none", "first ends: none none",

            "first: read none", "second: read write", "suspended: none none", "third: write none", "fourth: write read", "suspended: none none",
            "resumed: write read", "fourth ends: write none", "third ends: none none", "second resumes: read write", "second ends: read none", "first ends: none none",
        ]), output);
    }

    [Test]
    public void Programs_of_a_folder_are_run_one_after_the_other_and_each_exit_code_is_told()
    {
        string commands = Path.Combine(TestContext.CurrentContext.WorkDirectory, "emulated.commands");
        File.WriteAllText(commands, "# none of them needs a key\nexit=2 MemSentry.Native.Probe.dll protection-keys\nMemSentry.Native.Probe.dll thread-starts\nexit=0 NO=KEYS MemSentry.Native.Probe.dll no-such-scenario\n");
        var start = new ProcessStartInfo("sh", [Path.Combine(Root, "build", "emulation", "run-commands.sh"), Probe.Host, AppContext.BaseDirectory, commands]) { RedirectStandardOutput = true };
        using Process shell = Process.Start(start)!;
        string output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();

        Assert.That(shell.ExitCode, Is.EqualTo(1), output);
        Assert.That(output, Does.Match("> exit=2 .*\n.*MS7021.*\nexit code 2\n").And.Contain("threads started\nexit code 0\n"));
        Assert.That(output, Does.Match("exit code 134 instead of 0\ncommands: 3, 2 as expected\n$"));
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

    [TestCase("'--no-such-option' is no option", "--no-such-option")]
    [TestCase("--entry and --commands need --program", "--entry", "Some.dll")]
    [TestCase("there is no folder /no/such/folder", "--program", "/no/such/folder")]
    [TestCase("there is no /usr/Some.dll", "--program", "/usr", "--entry", "Some.dll")]
    [TestCase("the file /no/such/file cannot be read", "--program", "/usr", "--commands", "/no/such/file")]
    [TestCase("--seconds and --processors are numbers from 1 on", "--seconds", "0")]
    [TestCase("--kernel needs a value", "--kernel")]
    public void Wrong_options_are_refused_and_named(string words, params string[] arguments)
    {
        (int exitCode, _, string error) = Run([], arguments);

        Assert.That((exitCode, error.Trim()), Is.EqualTo((2, $"emulate-pku: {words}; {Usage}")));
    }

    [GeneratedRegex("^[a-z ]+: (none|read|write) (none|read|write)$")]
    private static partial Regex Step();

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
