namespace MemSentry.Cli.Tests;

/// <summary>
/// A count in a signature, damaged into half a billion: whoever makes room for as many elements before he looks for them takes gigabytes. Every command
/// calls it corrupt with little memory at hand.
/// </summary>
public class DamagedCountTests
{
    private const string Source = "using System; public static unsafe class C { public static Func<int, int>? Field; public static int Peek(int* a) => *a; }";

    // 64 MiB; a collection with room for half a billion elements takes 4 GiB.
    private static readonly string[] LittleMemory = ["env", "DOTNET_GCHeapHardLimit=0x4000000"];

    private WorkFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new WorkFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase("MS2001", "weave", "--output", "out")]
    [TestCase("MS2001", "list")]
    [TestCase("MS2001", "explain", "C::Peek")]
    [TestCase("MS5020", "verify")]
    public void An_input_with_one_is_corrupt(string code, string command, params string[] arguments)
    {
        CliResult result = CliProcess.RunUnder(LittleMemory, [command, Damaged("Input"), .. arguments]);
        Assert.That(result.ExitCode, Is.EqualTo(1), result.ToString());
        Assert.That(result.Errors.Single(), Does.StartWith($"error {code}: ").And.Contain("Input.dll"));
    }

    [Test]
    public void A_reference_with_one_cannot_be_examined()
    {
        string whole = _folder.Library("Lib", Source);
        string input = _folder.Library("Input", "public static unsafe class P { public static int Two(int* a) => C.Peek(a) + *a; }", whole);
        Damaged("Lib");
        CliResult result = CliProcess.RunUnder(LittleMemory, "weave", input, "--output", _folder["out"]);
        Assert.That(result.Errors, Has.Some.Contains("Lib").And.All.Match("^(error MS2004|warning MS3012): "), result.ToString());
    }

    /// <summary>A library whose field is a generic instance (ECMA-335 II.23.2.12) of more arguments than there are bytes in the world.</summary>
    private string Damaged(string name)
    {
        byte[] image = File.ReadAllBytes(_folder.Library(name, Source));
        ReadOnlySpan<byte> arguments = [0x02, 0x08, 0x08];
        int at = image.AsSpan().IndexOf(arguments);
        while (image[at - 3] != 0x15)
            at += 1 + image.AsSpan(at + 1).IndexOf(arguments);
        ((ReadOnlySpan<byte>)[0xdf, 0xff, 0xff, 0xff]).CopyTo(image.AsSpan(at));
        return _folder.File(name + ".dll", image);
    }
}
