using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MemSentry.Cli.Tests;

/// <summary>Inputs that can be woven, with something about them that the user has to know.</summary>
public class KindsOfInputTests
{
    private WorkFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new WorkFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Precompiled_code_is_dropped_with_a_warning()
    {
        string framework = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "System.Net.NetworkInformation.dll");
        CliResult result = CliProcess.Run("weave", framework, "--output", _folder["out"]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Errors, Has.Exactly(1).StartsWith("warning MS2007: The precompiled code (ReadyToRun) of 'System.Net.NetworkInformation' was dropped"));
        Assert.That(new FileInfo(_folder["out/System.Net.NetworkInformation.dll"]).Length, Is.LessThan(new FileInfo(framework).Length));
    }

    [Test]
    public void A_signed_assembly_keeps_its_identity_without_the_key_and_its_signature_with_it()
    {
        string input = Signed("key.snk");
        CliResult without = CliProcess.Run("weave", input, "--output", _folder["without.dll"]);
        CliResult with = CliProcess.Run("weave", input, "--output", _folder["with.dll"], "--key", _folder["key.snk"]);

        Assert.That(without.ExitCode, Is.Zero, without.ToString());
        Assert.That(without.Errors.Single(), Does.StartWith("warning MS2008: "));
        Assert.That(with.ExitCode, Is.Zero, with.ToString());
        Assert.That(with.Errors, Is.Empty);
        foreach (string output in new[] { "without.dll", "with.dll" })
            Assert.That(AssemblyName.GetAssemblyName(_folder[output]).GetPublicKeyToken(), Is.EqualTo(AssemblyName.GetAssemblyName(input).GetPublicKeyToken()).And.Not.Empty);
    }

    [Test]
    public void Another_key_than_that_of_the_assembly_is_refused_because_it_would_be_another_assembly()
    {
        string input = Signed("key.snk");
        CliResult result = CliProcess.Run("weave", input, _folder.Library("Unsigned"), "--output", _folder["out"], "--key", Key("other.snk"));
        Assert.That(result.ExitCode, Is.EqualTo(1), result.ToString());
        Assert.That(result.Errors.Single(), Does.StartWith("error MS2010: ").And.Contain("'Signed'"));
        Assert.That(Directory.GetFiles(_folder["out"]).Select(Path.GetFileName), Is.EqualTo(new[] { "Unsigned.dll" }));
    }

    [TestCase("missing.snk", null)]
    [TestCase("text.snk", "no key at all")]
    public void A_key_file_without_a_key_is_refused_before_anything_is_woven(string name, string? content)
    {
        if (content is not null)
            _folder.File(name, System.Text.Encoding.ASCII.GetBytes(content));
        CliResult result = CliProcess.Run("weave", _folder.Library("A"), _folder.Library("B"), "--output", _folder["out"], "--key", _folder[name]);
        Assert.That(result.ExitCode, Is.EqualTo(2), result.ToString());
        Assert.That(result.Errors.Single(), Does.StartWith("error MS2005: ").And.Contain(name));
        Assert.That(Directory.Exists(_folder["out"]), Is.False);
    }

    [Test]
    public void Debug_information_of_another_build_is_ignored_with_a_warning()
    {
        string input = _folder.DebugLibrary("Input");
        _folder.DebugLibrary("Other");
        File.Move(_folder["Other.pdb"], _folder["Input.pdb"], overwrite: true);
        CliResult result = CliProcess.Run("weave", input, "--output", _folder["out"]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Errors.Single(), Does.StartWith("warning MS2009: ").And.Contain("belongs to another build"));
        Assert.That(File.Exists(_folder["out/Input.pdb"]), Is.False);
    }

    [Test]
    public void Without_debug_information_nothing_is_said_and_embedded_information_stays_embedded()
    {
        string input = _folder.DebugLibrary("Input");
        File.Delete(_folder["Input.pdb"]);
        CliResult result = CliProcess.Run("weave", input, _folder.EmbeddedDebugLibrary("Embedded"), "--output", _folder["out"]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Errors, Is.Empty);
        Assert.That(Directory.GetFiles(_folder["out"]).Select(Path.GetFileName), Is.EquivalentTo(new[] { "Input.dll", "Embedded.dll" }));
        Assert.That(CliProcess.Run("explain", _folder["Embedded.dll"], "Copy::One").ExitCode, Is.Zero);
    }

    private string Key(string name)
    {
        using var rsa = new RSACryptoServiceProvider(2048);
        return _folder.File(name, rsa.ExportCspBlob(includePrivateParameters: true));
    }

    private string Signed(string key) => _folder.SignedLibrary("Signed", Key(key));
}
