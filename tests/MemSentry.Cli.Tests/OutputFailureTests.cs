namespace MemSentry.Cli.Tests;

/// <summary>Where the output cannot be written, real file systems say so; nothing half-written stays, and the input is as it was.</summary>
public class OutputFailureTests
{
    private WorkFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new WorkFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void A_full_disk_costs_the_output_and_nothing_else()
    {
        string input = _folder.Library("Input", Big());
        Directory.CreateDirectory(_folder["mount"]);

        CliResult result = Mounted("size=32k", $"cp '{input}' /dev/null; \"$@\"; code=$?; find mount -type f | sed 's/^/left: /'; exit $code", "weave", input, "--output", _folder["mount"]);

        ExpectUnwritable(result);
        Assert.That(result.Output, Is.Empty, result.ToString());
    }

    [Test]
    public void A_full_disk_leaves_an_input_that_was_to_be_replaced_as_it_was()
    {
        string input = _folder.Library("Input", Big());
        Directory.CreateDirectory(_folder["mount"]);
        long size = (new FileInfo(input).Length + 8192) / 1024;

        CliResult result = Mounted(
            $"size={size}k", $"cp '{input}' mount/ && \"$@\"; code=$?; cmp '{input}' mount/Input.dll && find mount -type f | sed 's/^/left: /'; exit $code", "weave", _folder["mount/Input.dll"], "--in-place");

        ExpectUnwritable(result);
        Assert.That(result.Output, Is.EqualTo(new[] { "left: mount/Input.dll" }), result.ToString());
    }

    [Test]
    public void A_file_system_that_cannot_be_written_is_named()
    {
        string input = _folder.Library("Input");
        Directory.CreateDirectory(_folder["mount"]);
        ExpectUnwritable(Mounted("ro", "\"$@\"", "weave", input, "--output", _folder["mount/sub"]));
    }

    // Not /dev/null itself: a failure of this test would replace it.
    [Test]
    public void A_device_is_not_replaced_by_a_file()
    {
        CliResult result = CliProcess.Run("weave", _folder.Library("Input"), "--output", "/dev/memsentry-test/null.dll");
        ExpectUnwritable(result);
        Assert.That(result.Errors[0], Does.Contain("a device"));
        Assert.That(Directory.Exists("/dev/memsentry-test"), Is.False);
    }

    private static void ExpectUnwritable(CliResult result)
    {
        Assert.That(result.ExitCode, Is.EqualTo(1), result.ToString());
        Assert.That(result.Errors, Has.Count.EqualTo(1), result.ToString());
        Assert.That(result.Errors[0], Does.StartWith("error MS2006: ").And.Contain("permissions and the free space"));
    }

    /// <summary>Runs the tool with a file system of its own at "mount", inside a mount namespace, so that nothing of it is left.</summary>
    private CliResult Mounted(string options, string script, params string[] arguments)
    {
        if (CliProcess.RunProgramAt("/bin/sh", "-c", $"unshare --mount --map-root-user mount -t tmpfs tmpfs '{_folder["mount"]}'").ExitCode != 0)
            Assert.Ignore("This machine allows no mount namespaces (unshare --mount --map-root-user), so there is no small disk to fill.");

        return CliProcess.RunUnder(
            ["unshare", "--mount", "--map-root-user", "/bin/sh", "-c", $"cd '{_folder["."]}' && mount -t tmpfs -o {options} tmpfs mount && {script}", "sh"], arguments);
    }

    private static string Big() =>
        $"public static unsafe class P {{ {string.Concat(Enumerable.Range(0, 400).Select(i => $"public static int Peek{i}(int* a) => a[{i}] + a[{i + 1}];"))} }}";
}
