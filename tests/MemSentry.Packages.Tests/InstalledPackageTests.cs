using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using MemSentry.Packages.Tests.Infrastructure;

namespace MemSentry.Packages.Tests;

/// <summary>Projects of many kinds install the package. One solution, restored and built once; each test runs what came out.</summary>
[TestFixture]
internal sealed class InstalledPackageTests
{
    private const string Blocked = "MS7100: Blocked a load at 0x";
    private static readonly string[] Parts = ["Secret.cs", "Parser.cs", "Attack.cs"];
    private Workspace _workspace = null!;
    private CommandResult _build = null!;

    [OneTimeSetUp]
    public void Build()
    {
        _workspace = new Workspace("Installed");
        WriteKey();
        _workspace.AddSolution("All",
            new("Console", ["Console.cs", .. Parts]),
            new("Library", Parts) { Properties = "<SignAssembly>true</SignAssembly><AssemblyOriginatorKeyFile>../key.snk</AssemblyOriginatorKeyFile>" },
            new("Consumer", "Consumer.cs") { Items = """<ProjectReference Include="../Library/Library.csproj" />""" },
            new("Web", ["Web.cs", .. Parts]) { Sdk = "Microsoft.NET.Sdk.Web", Properties = "" },
            new("Several", "Parser.cs")
            {
                Properties = "<TargetFramework /><TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks><LangVersion>latest</LangVersion>",
                Items = Workspace.Weaver.Replace("/>", """Condition="'$(TargetFramework)' == 'net10.0'" />""", StringComparison.Ordinal),
            },
            new("Checks", ["Checks.cs", .. Parts])
            {
                Properties = "",
                Items = Workspace.Weaver
                    + Workspace.Package("Microsoft.NET.Test.Sdk", Repository.VersionOf("TestSdk"))
                    + Workspace.Package("NUnit", Repository.VersionOf("NUnit"))
                    + Workspace.Package("NUnit3TestAdapter", Repository.VersionOf("NUnitAdapter")),
            },
            new("FSharp", "Program.fs")
            {
                Extension = "fsproj",
                Properties = "<OutputType>Exe</OutputType><DisableImplicitFSharpCoreReference>true</DisableImplicitFSharpCoreReference>",
                Items = """<Compile Include="Program.fs" />""" + Workspace.Weaver + Workspace.Package("FSharp.Core", Repository.VersionOf("FSharp")),
            });
        _workspace.Write("Console/FodyWeavers.xml", "<Weavers><MemSentry /></Weavers>");
        _build = _workspace.Build("build", "All.slnx");
        Assert.That(_build.Succeeded, _build.ToString());
    }

    [TestCase("Console", "own code reads 42")]
    [TestCase("Web", "own code reads 42")]
    [TestCase("FSharp", "own code reads 0")]
    [TestCase("Consumer", "the library reads 42")]
    public void A_wild_read_is_blocked_and_own_code_is_not(string project, string works)
    {
        CommandResult run = _workspace.Run(project);
        Assert.That(run.Succeeded, run.ToString());
        Assert.That(run.Output, Does.Contain(works).And.Contains(Blocked).And.Contains("inside the safe region 'secret'"));
    }

    [Test]
    public void Tests_of_a_test_project_run_woven()
    {
        CommandResult run = Command.Dotnet(_workspace.Folder, "vstest", _workspace.Output("Checks", "Checks.dll"));
        Assert.That(run.Succeeded, run.ToString());
        Assert.That(run.Output, Does.Contain("Passed:     2,"));
    }

    [Test]
    public void The_verifier_accepts_what_was_built()
    {
        // The library where its program is: there is the runtime that it refers to.
        string[] woven =
        [
            _workspace.Output("Console", "Console.dll"), _workspace.Output("Consumer", "Library.dll"), _workspace.Output("Web", "Web.dll"),
            _workspace.Output("Several", "Several.dll"), _workspace.Output("Checks", "Checks.dll"), _workspace.Output("FSharp", "FSharp.dll"),
        ];
        CommandResult verify = InstalledTool.Run(_workspace.Folder, ["verify", .. woven]);
        Assert.That(verify.Succeeded, verify.ToString());
        Assert.That(verify.Output.Split(": verified, "), Has.Length.EqualTo(woven.Length + 1));
    }

    [Test]
    public void A_library_that_is_packed_brings_the_runtime_to_its_users()
    {
        CommandResult pack = _workspace.Build("pack", "Library", "--no-build", "-c", "Debug", "-o", "packed", "-p:PackageId=MemSentry.Packages.Tests.Library", $"-p:PackageVersion={Feed.Version}");
        Assert.That(pack.Succeeded, pack.ToString());

        var workspace = new Workspace("Consumer");
        workspace.Add(new Project("Consumer", "Consumer.cs") { Items = Workspace.Package("MemSentry.Packages.Tests.Library", Feed.Version) });
        CommandResult build = workspace.Build("build", "Consumer", $"-p:RestoreAdditionalProjectSources={_workspace.Folder}/packed");
        Assert.That(build.Succeeded, build.ToString());
        Assert.That(build.Output, Does.Contain("warning MS4009: "));
        Assert.That(workspace.Run("Consumer").Output, Does.Contain("the library reads 42").And.Contains(Blocked));
    }

    [Test]
    public void A_framework_without_the_package_is_built_as_it_is()
    {
        CommandResult verify = InstalledTool.Run(_workspace.Folder, "verify", _workspace.Output("Several", "Several.dll", framework: "netstandard2.0"));
        Assert.That(verify.ExitCode, Is.EqualTo(1), verify.ToString());
    }

    [Test]
    public void A_signed_library_stays_signed()
    {
        byte[] image = File.ReadAllBytes(_workspace.Output("Library", "Library.dll"));
        using var reader = new PEReader([.. image]);
        Assert.That(reader.PEHeaders.CorHeader!.Flags.HasFlag(CorFlags.StrongNameSigned));
    }

    [Test]
    public void The_compiler_of_a_program_sees_the_runtime_and_nothing_behind_it()
    {
        string assets = File.ReadAllText(Path.Combine(_workspace.Folder, "Console", "obj", "project.assets.json"));
        Assert.That(assets, Does.Contain("\"ref/net10.0/MemSentry.Runtime.dll\"").And.Not.Contains("\"ref/net10.0/MemSentry.Native.dll\""));
    }

    [Test]
    public void A_program_that_is_not_woven_and_uses_a_library_that_is_gets_a_warning() =>
        Assert.That(_build.Output, Does.Contain("Consumer.csproj : warning MS4009: ").And.Not.Contains("Console.csproj : warning MS4009"));

    [Test]
    public void An_editor_completes_the_options() =>
        Assert.That(File.ReadAllText(Path.Combine(_workspace.Folder, "Console", "FodyWeavers.xsd")), Does.Contain("name=\"ProtMethod\"").And.Contain("value=\"sfi\""));

    private void WriteKey()
    {
        using var key = new RSACryptoServiceProvider(2048);
        File.WriteAllBytes(Path.Combine(_workspace.Folder, "key.snk"), key.ExportCspBlob(includePrivateParameters: true));
    }
}
