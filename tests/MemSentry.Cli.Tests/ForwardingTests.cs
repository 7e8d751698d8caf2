namespace MemSentry.Cli.Tests;

/// <summary>Two assemblies that forward a type to each other end in a sentence, and not with the stack.</summary>
public class ForwardingTests
{
    private const string Type = "public struct Pair { public int A, B; }";
    private const string Forward = "[assembly: System.Runtime.CompilerServices.TypeForwardedTo(typeof(Pair))]";

    private WorkFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new WorkFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase("weave", "--output", "out")]
    [TestCase("list")]
    public void An_input_that_needs_the_type_is_refused(string command, params string[] arguments)
    {
        string first = _folder.Library("First", Type);
        string input = _folder.Library("Input", "public static unsafe class P { public static Pair Read(Pair* p) => *p; }", first);
        Circle(first);

        CliResult result = CliProcess.Run([command, input, .. arguments]);
        Assert.That(result.ExitCode, Is.EqualTo(1), result.ToString());
        Assert.That(result.Errors.Single(), Does.StartWith("error MS2004: 'Input.dll' needs the type 'Pair', which assemblies forward to each other"));
    }

    [Test]
    public void A_woven_input_that_needs_the_type_is_rejected()
    {
        string first = _folder.Library("First", Type);
        string input = _folder.Library("Input", "public static unsafe class P { public static Pair Read(Pair* p) => *p; }", first);
        Assert.That(CliProcess.Run("weave", input, "--in-place").ExitCode, Is.Zero);
        Circle(first);

        CliResult result = CliProcess.Run("verify", input, "--reference", AppContext.BaseDirectory);
        Assert.That(result.ExitCode, Is.EqualTo(1), result.ToString());
        Assert.That(result.Errors.Single(), Does.Match("error MS50(13|20|21): "));
    }

    /// <summary>First forwards the type to Second, and Second to First.</summary>
    private void Circle(string first)
    {
        byte[] second = File.ReadAllBytes(_folder.Library("Second", Forward, first));
        string declaring = _folder.Library("Second", Type);
        byte[] forwarding = File.ReadAllBytes(_folder.Library("First", Forward, declaring));
        File.WriteAllBytes(declaring, second);
        File.WriteAllBytes(first, forwarding);
    }
}
