using MemSentry.Analysis.Options;
using MemSentry.Verifier.Tests.Fixtures;
using MemSentry.Verifier.Tests.Mutants;

namespace MemSentry.Verifier.Tests;

/// <summary><c>memsentry-weave verify</c> as a process: its exit codes and what it says.</summary>
[TestFixture]
internal sealed class CommandTests
{
    private Workplace _work = null!;
    private string _woven = null!;

    [OneTimeSetUp]
    public void Weave()
    {
        _work = new Workplace();
        _woven = _work.Weave(_work.Compile(Sources.Everything));
    }

    [OneTimeTearDown]
    public void Delete() => _work.Dispose();

    [Test]
    public void Verified_assembly_exits_with_0() => Expect(0, "Fixture.dll: verified, ", "verify", _woven);

    [Test]
    public void Unwoven_assembly_exits_with_1_and_one_sentence() => Expect(1, "error MS5001: 'Fixture.dll' is not woven", "verify", _work["Fixture.dll"]);

    [Test]
    public void File_that_is_no_assembly_exits_with_1()
    {
        File.WriteAllText(_work["text.dll"], "no assembly");
        Expect(1, "error MS5020: ", "verify", _work["text.dll"]);
    }

    [Test]
    public void File_that_does_not_exist_exits_with_1() => Expect(1, "error MS5020: ", "verify", _work["nowhere.dll"]);

    [Test]
    public void Rejected_assembly_names_member_offset_and_opcode() =>
        Expect(1, "error MS5010: System.Int32 C::Load(System.Int32*) at IL_000d (ldind.i4): The address it reads from", "verify", Mutant());

    [Test]
    public void First_finding_of_each_assembly_is_named() => Assert.That(Tool.Run(["verify", Mutant()]).Errors, Has.Length.EqualTo(1));

    [Test]
    public void Option_all_names_every_finding() => Assert.That(Tool.Run(["verify", Mutant(), "--all"]).Errors, Has.Length.GreaterThan(10));

    [Test]
    public void Trust_that_the_whitelist_does_not_name_exits_with_1()
    {
        File.WriteAllText(_work["empty.txt"], "# nobody\n");
        Expect(1, "error MS5009: ", "verify", _woven, "--whitelist", _work["empty.txt"]);
    }

    [Test]
    public void Whitelist_that_cannot_be_read_exits_with_1() => Expect(1, "error MS5022: ", "verify", _woven, "--whitelist", _work["missing.txt"]);

    [Test]
    public void Whitelist_without_a_name_exits_with_1() => Expect(1, "error MS5022: ", "verify", _woven, "--whitelist", "");

    [Test]
    public void Assembly_that_is_woven_without_protection_is_not_called_protected()
    {
        string input = _work.Compile(Sources.Everything, name: "Bare");
        string woven = _work.Weave(input, new WeaverOptions { ProtMethod = ProtectionMethod.None });

        Expect(1, "error MS5016: The assembly is woven with ProtMethod=none", "verify", woven);
    }

    [Test]
    public void Defect_of_the_tool_exits_with_3_and_one_sentence()
    {
        Directory.CreateDirectory(_work["tool"]);
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory))
            File.CreateSymbolicLink(Path.Combine(_work["tool"], Path.GetFileName(file)), file);

        // The host starts what the link leads to, so the program itself is a copy; its verifier cannot be loaded.
        Replace("memsentry-weave.dll", path => File.Copy(Path.Combine(AppContext.BaseDirectory, "memsentry-weave.dll"), path));
        Replace("MemSentry.Verifier.dll", path => File.WriteAllText(path, "damaged"));

        ToolRun run = Tool.RunAt(Path.Combine(_work["tool"], "memsentry-weave.dll"), ["verify", _woven]);

        Assert.That(run.ExitCode, Is.EqualTo(3), string.Join('\n', run.Errors));
        Assert.That(run.Errors, Has.Length.EqualTo(1));
        Assert.That(run.Errors[0], Does.StartWith("error MS9001: MemSentry failed ("));

        void Replace(string file, Action<string> create)
        {
            File.Delete(Path.Combine(_work["tool"], file));
            create(Path.Combine(_work["tool"], file));
        }
    }

    [TestCase("verify")]
    [TestCase("verify", "a.dll", "--whitelisted", "b")]
    public void Wrong_command_line_exits_with_2(params string[] arguments) => Expect(2, "error MS1020: ", arguments);

    private string Mutant() => _work.Change(_woven, module =>
    {
        foreach (CheckSite check in CheckSite.In(module))
            Mutation.Remove(check);
    });

    private static void Expect(int exitCode, string sentence, params string[] arguments)
    {
        ToolRun run = Tool.Run(arguments);
        string[] everything = [.. run.Errors, .. run.Output];
        Assert.That(run.ExitCode, Is.EqualTo(exitCode), string.Join('\n', everything));
        Assert.That(string.Join('\n', everything), Does.Contain(sentence).And.Not.Contain("   at "));
    }
}
