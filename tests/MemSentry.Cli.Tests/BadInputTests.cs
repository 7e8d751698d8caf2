using System.Runtime.InteropServices;

namespace MemSentry.Cli.Tests;

public class BadInputTests
{
    private WorkFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new WorkFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void A_missing_file() => ExpectRefusal(_folder["missing.dll"], "MS2005");

    [Test]
    public void A_text_file() => ExpectRefusal(_folder.File("text.dll", "This is not an assembly.\n"u8), "MS2001");

    [Test]
    public void An_empty_file() => ExpectRefusal(_folder.File("empty.dll", []), "MS2001");

    [Test]
    public void A_native_library()
    {
        string native = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "libSystem.Native.so");
        ExpectRefusal(_folder.File("native.so", File.ReadAllBytes(native)), "MS2001");
    }

    [Test]
    public void A_native_host_whose_assembly_lies_beside_it()
    {
        string host = _folder.File("App", SingleFile.Host());
        _folder.Library("App");
        CliResult result = CliProcess.Run("weave", host, "--output", _folder["out"]);
        Expect(result, "MS2001", host);
        Assert.That(result.Errors[0], Does.Contain("name '").And.Contain("App.dll' instead"));
    }

    [Test]
    public void A_program_of_one_file_has_its_assemblies_inside()
    {
        string program = _folder.File("App", SingleFile.Program());
        CliResult named = CliProcess.Run("weave", program, "--output", _folder["out"]);
        Expect(named, "MS2001", program);
        Assert.That(named.Errors[0], Does.Contain("a program of one file").And.Contain("PublishSingleFile"));

        // Found in a folder it is not skipped as native: what is inside would be taken for woven.
        Expect(CliProcess.Run("weave", Path.GetDirectoryName(program)!, "--output", _folder["out"]), "MS2001", program);
    }

    [Test]
    public void A_mixed_mode_assembly() => ExpectRefusal(_folder.File("Mixed.dll", Images.MixedMode(File.ReadAllBytes(_folder.Library("Mixed")))), "MS2003");

    [Test]
    public void An_assembly_whose_reference_is_missing_and_with_it_found()
    {
        string library = _folder.Library("Lib", "namespace Lib { public struct Pair { public int A, B; } }");
        string input = _folder.Library("Input", "public static unsafe class P { public static Lib.Pair Read(Lib.Pair* p) => *p; }", library);
        Directory.CreateDirectory(_folder["elsewhere"]);
        File.Move(library, _folder["elsewhere/Lib.dll"]);

        CliResult missing = CliProcess.Run("weave", input, "--output", _folder["out"]);
        Expect(missing, "MS2004", input);
        Assert.That(missing.Errors[0], Does.Contain("Lib, Version=0.0.0.0"));

        CliResult found = CliProcess.Run("weave", input, "--output", _folder["out"], "--reference", _folder["elsewhere"]);
        Assert.That(found.ExitCode, Is.Zero, found.ToString());
    }

    [Test]
    public void A_truncated_assembly()
    {
        byte[] whole = File.ReadAllBytes(_folder.Library("Whole"));
        ExpectRefusal(_folder.File("truncated.dll", whole.AsSpan(0, whole.Length / 2)), "MS2001");
    }

    [Test]
    public void An_assembly_that_is_already_woven()
    {
        string input = _folder.Library("Input");
        CliResult first = CliProcess.Run("weave", input, "--in-place");
        Assert.That(first.ExitCode, Is.Zero, first.ToString());
        ExpectRefusal(input, "MS2002");
    }

    [Test]
    public void An_output_that_cannot_be_written()
    {
        string input = _folder.Library("Input");
        string file = _folder.File("file", "in the way"u8);
        Expect(CliProcess.Run("weave", input, "--output", Path.Combine(file, "out.dll")), "MS2006", input: null);
    }

    [Test]
    public void One_bad_input_costs_only_itself()
    {
        string bad = _folder.File("bad.dll", "no"u8);
        CliResult result = CliProcess.Run("weave", _folder.Library("First"), bad, _folder.Library("Last"), "--output", _folder["out"]);

        Assert.That(result.ExitCode, Is.EqualTo(1), result.ToString());
        Assert.That(result.Errors, Has.Count.EqualTo(1), result.ToString());
        Assert.That(result.Errors[0], Does.StartWith("error MS2001: ").And.Contain("bad.dll"));
        Assert.That(result.Output.Where(l => l.Contains(" checks ", StringComparison.Ordinal)), Has.Exactly(2).Items, result.ToString());
        Assert.That(Directory.GetFiles(_folder["out"]).Select(Path.GetFileName), Is.EquivalentTo(new[] { "First.dll", "Last.dll" }));
    }

    private void ExpectRefusal(string input, string code)
    {
        IReadOnlyList<string> before = _folder.Content;
        Expect(CliProcess.Run("weave", input, "--output", _folder["out.dll"]), code, input);
        Assert.That(_folder.Content, Is.EqualTo(before));

        if (!File.Exists(input))
            return;
        Expect(CliProcess.Run("weave", input, "--in-place"), code, input);
        Assert.That(_folder.Content, Is.EqualTo(before));
    }

    private static void Expect(CliResult result, string code, string? input)
    {
        Assert.That(result.ExitCode, Is.EqualTo(1), result.ToString());
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Errors, Has.Count.EqualTo(1), result.ToString());
        Assert.That(result.Errors[0], Does.StartWith($"error {code}: ").And.EndsWith("."));
        if (input is not null)
            Assert.That(result.Errors[0], Does.Contain(Path.GetFileNameWithoutExtension(input)));
    }
}
