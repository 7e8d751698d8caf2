namespace MemSentry.Cli.Tests;

/// <summary>What a program brings along and is not woven is named, when it is woven and when it runs.</summary>
public class UnwovenTests
{
    private const string RawLibrary = "public static unsafe class Codec { public static byte Read(byte* p) => *p; }";
    private const string ReinterpretingLibrary =
        "public static class Codec { public static byte Read(ref byte r, int n) => System.Runtime.CompilerServices.Unsafe.Add(ref r, n); }";

    // Native integers and references, but none that the runtime did not make.
    private const string HarmlessLibrary =
        """
        using System;
        public struct Pair { public int A, B; public readonly int Sum => A + B; }
        public static class Codec
        {
            public static nint Length(byte[] bytes) => bytes.Length;
            public static int Get(ref Pair pair) => pair.Sum + pair.A;
            public static ReadOnlySpan<byte> Magic => "MZ"u8;
            public static int First(ReadOnlySpan<int> values) => values[0];
            public static void Set(Span<int> values, in Pair pair) { foreach (ref int value in values) value = pair.B; }
        }
        """;

    private const string Program =
        """
        using MemSentry;
        using System;

        static class Program
        {
            static void Main()
            {
                _ = typeof(Codec).Assembly;
                foreach (UnwovenAssemblyStatus unwoven in MemSentryRuntime.Status.UnwovenAssemblies)
                    Console.WriteLine(unwoven);
                Console.WriteLine(MemSentryRuntime.Status);
            }
        }
        """;

    private WorkFolder _folder = null!;

    [SetUp]
    public void CreateFolder()
    {
        _folder = new WorkFolder();
        foreach (string own in new[] { "MemSentry.Runtime.dll", "MemSentry.Native.dll", "Iced.dll" }.Where(f => File.Exists(Path.Combine(AppContext.BaseDirectory, f))))
            File.Copy(Path.Combine(AppContext.BaseDirectory, own), _folder[own]);
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase(RawLibrary, "ldind.u1 in Codec::Read")]
    [TestCase(ReinterpretingLibrary, "call in Codec::Read")]
    public void A_reference_with_raw_accesses_is_named_by_the_weave_and_by_the_running_program(string library, string evidence)
    {
        string program = ProgramWith(library);
        CliResult weave = CliProcess.Run("weave", program, "--in-place");
        Assert.That(weave.ExitCode, Is.Zero, weave.ToString());
        Assert.That(weave.Errors, Has.Count.EqualTo(1), weave.ToString());
        Assert.That(weave.Errors[0], Does.StartWith("warning MS3011: 'App' ").And.Contain($"Codec ({evidence})").And.EndsWith("."));

        CliResult run = CliProcess.RunProgram(program);
        Assert.That(run.Output, Has.Some.EqualTo("UnwovenAssemblyStatus { Assembly = Codec, RawAccesses = True, IsLoaded = True }"), run.ToString());
        Assert.That(run.Output, Has.Some.EqualTo("Codec (has raw accesses)").And.Some.Match(@"^unwoven: 1, and [1-9]\d* assemblies of the framework by design$"));
    }

    [Test]
    public void A_reference_without_raw_accesses_is_not_named()
    {
        string program = ProgramWith(HarmlessLibrary);
        CliResult weave = CliProcess.Run("weave", program, "--in-place", "--unwoven", "refuse");
        Assert.That(weave.ExitCode, Is.Zero, weave.ToString());
        Assert.That(weave.Errors, Is.Empty, weave.ToString());

        CliResult run = CliProcess.RunProgram(program);
        Assert.That(run.Output, Has.None.Contains("Codec").And.Some.StartsWith("unwoven: 0, and "), run.ToString());
    }

    [Test]
    public void A_reference_that_was_replaced_after_the_weave_is_named_as_unknown()
    {
        string program = ProgramWith(HarmlessLibrary);
        Assert.That(CliProcess.Run("weave", program, "--in-place").ExitCode, Is.Zero);
        _folder.Library("Codec", RawLibrary, SystemRuntime);

        CliResult run = CliProcess.RunProgram(program);
        Assert.That(run.Output, Has.Some.EqualTo("Codec (nobody has looked for raw accesses)"), run.ToString());
    }

    [Test]
    public void A_woven_reference_is_not_named()
    {
        string program = ProgramWith(RawLibrary);
        Assert.That(CliProcess.Run("weave", _folder["Codec.dll"], "--in-place").ExitCode, Is.Zero);
        CliResult weave = CliProcess.Run("weave", program, "--in-place", "--unwoven", "refuse");
        Assert.That(weave.ExitCode, Is.Zero, weave.ToString());
        Assert.That(CliProcess.RunProgram(program).Output, Has.Some.StartsWith("unwoven: 0, and "));
    }

    [Test]
    public void A_reference_that_is_woven_without_protection_counts_as_not_woven()
    {
        string program = ProgramWith(RawLibrary);
        Assert.That(CliProcess.Run("weave", _folder["Codec.dll"], "--in-place", "--prot-method", "none").ExitCode, Is.Zero);
        CliResult weave = CliProcess.Run("weave", program, "--in-place");
        Assert.That(weave.Errors, Has.Some.StartsWith("warning MS3011: "), weave.ToString());
        Assert.That(CliProcess.RunProgram(program).Output, Has.Some.EqualTo("Codec (has raw accesses)"));
    }

    [Test]
    public void Refuse_makes_an_error_of_it_and_writes_nothing()
    {
        string program = ProgramWith(RawLibrary);
        byte[] before = File.ReadAllBytes(program);
        CliResult weave = CliProcess.Run("weave", program, "--in-place", "--unwoven", "refuse");
        Assert.That(weave.ExitCode, Is.EqualTo(1), weave.ToString());
        Assert.That(weave.Errors, Has.Count.EqualTo(1));
        Assert.That(weave.Errors[0], Does.StartWith("error MS3011: "));
        Assert.That(File.ReadAllBytes(program), Is.EqualTo(before));
    }

    [Test]
    public void What_only_a_reference_refers_to_counts_too()
    {
        _folder.Library("Deep", "public static unsafe class Deep { public static byte Read(byte* p) => *p; }", SystemRuntime);
        string program = ProgramWith("public static class Codec { public static string Name => typeof(Deep).Name; }", _folder["Deep.dll"]);
        CliResult weave = CliProcess.Run("weave", program, "--in-place");
        Assert.That(weave.Errors, Has.Count.EqualTo(1), weave.ToString());
        Assert.That(weave.Errors[0], Does.StartWith("warning MS3011: ").And.Contain(": Deep ("));
        Assert.That(CliProcess.RunProgram(program).Output, Has.Some.EqualTo("Deep (has raw accesses, not loaded)"));
    }

    [Test]
    public void A_reference_that_is_not_there_is_named_as_not_examined()
    {
        string program = ProgramWith(RawLibrary);
        File.Delete(_folder["Codec.dll"]);
        CliResult weave = CliProcess.Run("weave", program, "--output", _folder["out"]);
        Assert.That(weave.ExitCode, Is.Zero, weave.ToString());
        Assert.That(weave.Errors, Has.Count.EqualTo(1));
        Assert.That(weave.Errors[0], Does.StartWith("warning MS3012: ").And.Contain("Codec (it was not found)"));
    }

    private static string SystemRuntime => Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.Runtime.dll");

    private string ProgramWith(string library, params string[] references)
    {
        string codec = _folder.Library("Codec", library, [SystemRuntime, .. references]);
        return _folder.Program("App", Program, SystemRuntime, Path.Combine(Path.GetDirectoryName(SystemRuntime)!, "System.Console.dll"), _folder["MemSentry.Runtime.dll"], codec);
    }
}
