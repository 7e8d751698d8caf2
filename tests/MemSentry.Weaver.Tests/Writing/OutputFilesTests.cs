using MemSentry.Analysis.Diagnostics;
using MemSentry.Weaver.Tests.Fixtures;

namespace MemSentry.Weaver.Tests.Writing;

/// <summary>After a failed weave everything is as it was.</summary>
internal sealed class OutputFilesTests
{
    private const string Source = "public static unsafe class P { public static int Peek(long a) => *(int*)a; }";

    [Test]
    public void AnOutputThatIsAFolderIsRefusedAndItsOldPdbStays()
    {
        using var folder = new TemporaryFolder();
        string input = CSharpFixture.Compile(Source).WriteTo(folder);
        Directory.CreateDirectory(folder["out/Fixture.dll"]);
        File.WriteAllText(folder["out/Fixture.pdb"], "of an earlier build");

        Diagnostic error = Weaving.Refuse(input, folder["out/Fixture.dll"]);

        Assert.That(error.Code, Is.EqualTo("MS2006"));
        Assert.That(File.ReadAllText(folder["out/Fixture.pdb"]), Is.EqualTo("of an earlier build"));
        Assert.That(Directory.GetFileSystemEntries(folder["out"]), Has.Length.EqualTo(2), "no temporary files");
    }

    [Test]
    public void AnOutputThatIsAFolderGetsNoPdb()
    {
        using var folder = new TemporaryFolder();
        string input = CSharpFixture.Compile(Source).WriteTo(folder);
        Directory.CreateDirectory(folder["out/Fixture.dll"]);

        Weaving.Refuse(input, folder["out/Fixture.dll"]);

        Assert.That(Directory.GetFileSystemEntries(folder["out"]), Has.Length.EqualTo(1));
    }

    [Test]
    public void AnOutputBelowAFileIsRefused()
    {
        using var folder = new TemporaryFolder();
        string input = CSharpFixture.Compile(Source).WriteTo(folder);

        Diagnostic error = Weaving.Refuse(input, Path.Combine(input, "woven.dll"));

        Assert.That(error.Code, Is.EqualTo("MS2006"));
        Assert.That(error.Message, Does.Contain("check the path"));
    }

    [Test]
    public void PermissionsOfTheInputAreKept()
    {
        using var folder = new TemporaryFolder();
        string input = CSharpFixture.Compile(Source).WriteTo(folder);
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
#pragma warning disable CA1416 // MemSentry and its tests run on Linux.
        File.SetUnixFileMode(input, mode);

        Weaving.Run(input, input);

        Assert.That(File.GetUnixFileMode(input), Is.EqualTo(mode));
    }
}
