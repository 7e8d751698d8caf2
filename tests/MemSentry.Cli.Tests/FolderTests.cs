using System.Runtime.InteropServices;

namespace MemSentry.Cli.Tests;

/// <summary>Publish folders and patterns: what needs a weave is woven, the rest is left and named.</summary>
public class FolderTests
{
    private const string Safe = "public static class Json { public static int Parse(string text) => text.Length; }";

    private WorkFolder _folder = null!;

    [SetUp]
    public void CreateFolder()
    {
        _folder = new WorkFolder();
        Directory.CreateDirectory(_folder["app/de"]);
        Directory.CreateDirectory(_folder["app/refs"]);
        Directory.CreateDirectory(_folder["app/runtimes/linux/lib"]);
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void A_publish_folder_is_woven_where_that_is_needed_and_one_line_says_what_is_left()
    {
        Publish();
        CliResult result = CliProcess.Run("weave", _folder["app"], "--output", _folder["out"]);

        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Errors, Is.Empty, result.ToString());
        Assert.That(result.Output[0], Does.StartWith("App.dll: "));
        Assert.That(result.Output[1], Does.StartWith("runtimes/linux/lib/Driver.dll: "));
        Assert.That(result.Output[2], Is.EqualTo(
            "skipped 8 files: 1 without raw accesses (Json.dll), 2 of the framework (Carried.dll, System.Runtime.dll), 1 of MemSentry (MemSentry.Runtime.dll), " +
            "1 satellite resources (de/App.resources.dll), 1 reference assemblies (refs/Api.dll), 2 native (App, native.dll)"));
        Assert.That(Directory.GetFiles(_folder["out"], "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(_folder["out"], f)),
            Is.EquivalentTo(new[] { "App.dll", "runtimes/linux/lib/Driver.dll" }));
    }

    [Test]
    public void In_place_a_second_time_everything_is_woven_already_and_the_proof_covers_all_of_it()
    {
        Publish();
        CliResult first = CliProcess.Run("weave", _folder["app"], "--in-place");
        IReadOnlyList<string> woven = _folder.Content;
        CliResult second = CliProcess.Run("weave", _folder["app"], "--in-place", "--verbose");
        CliResult verified = CliProcess.Run("verify", _folder["app"]);

        Assert.That(first.ExitCode, Is.Zero, first.ToString());
        Assert.That(second.ExitCode, Is.Zero, second.ToString());
        Assert.That(_folder.Content, Is.EqualTo(woven));
        Assert.That(second.Output, Has.Some.EqualTo("App.dll: skipped, already woven").And.Some.StartsWith("skipped 10 files: 2 already woven (App.dll, runtimes/linux/lib/Driver.dll), "));
        Assert.That(verified.ExitCode, Is.Zero, verified.ToString());
        Assert.That(verified.Output.Where(l => l.Contains(": verified, ", StringComparison.Ordinal)), Has.Exactly(2).Items, verified.ToString());
    }

    [Test]
    public void What_ought_to_be_woven_and_is_not_is_no_skipped_file_to_verify()
    {
        Publish();
        CliResult result = CliProcess.Run("verify", _folder["app"]);
        Assert.That(result.ExitCode, Is.EqualTo(1), result.ToString());
        Assert.That(result.Errors, Has.Count.EqualTo(2).And.All.Contains("error MS5001: "));
    }

    [Test]
    public void A_damaged_assembly_in_a_folder_is_refused_not_skipped()
    {
        byte[] whole = File.ReadAllBytes(_folder.Library("app/Good"));
        File.WriteAllBytes(_folder["app/Damaged.dll"], whole[..(whole.Length / 2)]);
        CliResult result = CliProcess.Run("weave", _folder["app"], "--output", _folder["out"]);
        Assert.That(result.ExitCode, Is.EqualTo(1), result.ToString());
        Assert.That(result.Errors, Has.Count.EqualTo(1));
        Assert.That(result.Errors[0], Does.StartWith("error MS2001: ").And.Contain("Damaged.dll"));
        Assert.That(File.Exists(_folder["out/Good.dll"]));
    }

    [Test]
    public void Assemblies_that_are_woven_together_count_as_woven_whatever_is_woven_first()
    {
        string lib = _folder.Library("app/Lib", "public static unsafe class Lib { public static int Peek(int* a) => *a; }");
        _folder.Library("app/App", "public static unsafe class App { public static int Main2(int* a) => Lib.Peek(a) + *a; }", lib);

        CliResult parallel = CliProcess.Run("weave", _folder["app"], "--output", _folder["a"], "--fail-on", "unwoven", "--jobs", "2");
        CliResult sequential = CliProcess.Run("weave", _folder["app"], "--output", _folder["b"], "--fail-on", "unwoven", "--jobs", "1");
        CliResult alone = CliProcess.Run("weave", _folder["app/App.dll"], "--output", _folder["c"], "--fail-on", "warning,unwoven");

        Assert.That(parallel.ExitCode, Is.Zero, parallel.ToString());
        Assert.That(sequential.ExitCode, Is.Zero, sequential.ToString());
        Assert.That(File.ReadAllBytes(_folder["b/App.dll"]), Is.EqualTo(File.ReadAllBytes(_folder["a/App.dll"])));
        Assert.That(alone.ExitCode, Is.EqualTo(4), alone.ToString());
        Assert.That(alone.Errors.Single(), Does.StartWith("warning MS3011: ").And.Contain("Lib"));
        Assert.That(File.Exists(_folder["c/App.dll"]));
    }

    [Test]
    public void A_pipe_in_a_folder_does_not_make_the_search_wait()
    {
        _folder.Library("app/App");
        Assert.That(CliProcess.RunProgramAt("mkfifo", _folder["app/pipe"]).ExitCode, Is.Zero);
        CliResult result = CliProcess.RunUnder(["timeout", "60"], "weave", _folder["app"], "--output", _folder["out"]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
    }

    [Test]
    public void A_pattern_finds_files_at_any_depth_and_they_keep_their_paths()
    {
        Publish();
        CliResult result = CliProcess.RunIn(_folder["."], "weave", "app/**/*.dll", "--output", "out");
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(File.Exists(_folder["out/App.dll"]) && File.Exists(_folder["out/runtimes/linux/lib/Driver.dll"]));
    }

    [Test]
    public void A_pattern_or_folder_without_assemblies_exits_with_2([Values("app/*.dll", "nowhere/**/*.dll", "app")] string argument)
    {
        CliResult result = CliProcess.RunIn(_folder["."], "weave", argument, "--output", "out");
        Assert.That(result.ExitCode, Is.EqualTo(2), result.ToString());
        Assert.That(result.Errors.Single(), Does.StartWith("error MS1025: ").And.Contain(argument));
    }

    [Test]
    public void A_dependency_list_that_cannot_be_read_costs_a_warning()
    {
        _folder.Library("app/App");
        _folder.File("app/App.deps.json", "{ \"targets\": "u8);
        CliResult result = CliProcess.Run("weave", _folder["app"], "--output", _folder["out"]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Errors.Single(), Does.StartWith("warning MS2011: ").And.Contain("App.deps.json"));
    }

    /// <summary>A self-contained program with everything that the SDK puts beside it.</summary>
    private void Publish()
    {
        string driver = _folder.Library("app/runtimes/linux/lib/Driver", "public struct Packet { public int Length; } public static unsafe class Driver { public static int Peek(Packet* p) => p->Length; }");
        _folder.Library("app/App", "public static unsafe class App { public static int Size(Packet* p) => p->Length + Driver.Peek(p); }", driver);
        _folder.Library("app/Json", Safe);
        _folder.Library("app/Carried", "public static unsafe class Carried { public static int Peek(int* a) => *a; }");
        _folder.Resources("app/de/App.resources", "de");
        _folder.ReferenceAssembly("app/refs/Api", Safe);
        _folder.File("app/native.dll", Images.NativeWindows(File.ReadAllBytes(_folder["app/Json.dll"])));
        string framework = RuntimeEnvironment.GetRuntimeDirectory();
        File.Copy(Path.Combine(framework, "System.Runtime.dll"), _folder["app/System.Runtime.dll"]);
        File.Copy(Path.Combine(framework, "libSystem.Native.so"), _folder["app/App"]);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "MemSentry.Runtime.dll"), _folder["app/MemSentry.Runtime.dll"]);
        _folder.File("app/App.deps.json", """
            {
              "targets": {
                ".NETCoreApp,Version=v10.0/linux-x64": {
                  "App/1.0.0": { "dependencies": { "Driver": "1.0.0" }, "runtime": { "App.dll": {} } },
                  "Driver/1.0.0": { "runtimeTargets": { "runtimes/linux/lib/Driver.dll": { "rid": "linux", "assetType": "runtime" } } },
                  "runtimepack.Some.Runtime/1.0.0": { "runtime": { "Carried.dll": {} } }
                }
              },
              "libraries": {
                "App/1.0.0": { "type": "project" },
                "Driver/1.0.0": { "type": "package" },
                "runtimepack.Some.Runtime/1.0.0": { "type": "runtimepack" }
              }
            }
            """u8);
    }
}
