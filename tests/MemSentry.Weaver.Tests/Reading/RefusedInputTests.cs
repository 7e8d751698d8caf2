using System.Reflection.PortableExecutable;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Weaver.Reading;
using MemSentry.Weaver.Tests.Fixtures;

namespace MemSentry.Weaver.Tests.Reading;

/// <summary>Every input that cannot be woven has its own code and sentence, and leaves no output.</summary>
internal sealed class RefusedInputTests
{
    private const string Source = "public static unsafe class P { public static int Peek(long a) => *(int*)a; }";

    [Test]
    public void AMissingFile() => AssertRefused(f => f["none.dll"], DiagnosticId.InputUnreadable, "does not exist");

    [Test]
    public void AFolder() => AssertRefused(f => f.Path, DiagnosticId.InputUnreadable, "is a folder");

    [Test]
    public void AnEmptyFile() => AssertRefused(f => Write(f, []), DiagnosticId.NotAnAssembly, "an empty file");

    [Test]
    public void AText() => AssertRefused(f => Write(f, "hello"u8.ToArray()), DiagnosticId.NotAnAssembly, "a file of another kind");

    [Test]
    public void ANativeLinuxLibrary() =>
        AssertRefused(f => Write(f, File.ReadAllBytes(Path.Combine(RuntimeFolder, "libcoreclr.so"))), DiagnosticId.NotAnAssembly, "native Linux");

    [Test]
    public void ANativeWindowsLibrary() => AssertRefused(f => Write(f, WithoutCliHeader()), DiagnosticId.NotAnAssembly, "native Windows");

    [Test]
    public void ACutOffAssembly() =>
        AssertRefused(f => Write(f, CSharpFixture.Compile(Source).Image[..700]), DiagnosticId.NotAnAssembly, "corrupt|damaged");

    [Test]
    public void AMixedModeAssembly() => AssertRefused(f => Write(f, MixedMode()), DiagnosticId.MixedMode, "mixes managed and native code");

    [Test]
    public void TheCoreLibrary() =>
        AssertRefused(_ => Path.Combine(RuntimeFolder, "System.Private.CoreLib.dll"), DiagnosticId.CoreLibrary, "checks would call MemSentry.Runtime, which stands on it");

    [Test]
    public void AWovenAssembly()
    {
        using var folder = new TemporaryFolder();
        string path = CSharpFixture.Compile(Source).WriteTo(folder);
        Weaving.Run(path, path);
        byte[] woven = File.ReadAllBytes(path);

        Diagnostic error = Weaving.Refuse(path, path);

        Assert.That(error.Code, Is.EqualTo("MS2002"));
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(woven));
    }

    [Test]
    public void AnAssemblyWhoseReferenceIsMissing()
    {
        using var folder = new TemporaryFolder();
        CSharpFixture library = CSharpFixture.Compile("namespace Lib { public struct Pair { public int A, B; } }", name: "Lib");
        using var libraryFolder = new TemporaryFolder();
        string libraryPath = library.WriteTo(libraryFolder);
        string input = CSharpFixture.Compile(
            "public static unsafe class P { public static Lib.Pair Read(Lib.Pair* p) => *p; }", references: [libraryPath]).WriteTo(folder);

        Diagnostic error = Weaving.Refuse(input, folder["out.dll"]);
        var diagnostics = new DiagnosticList();

        Assert.That(error.Code, Is.EqualTo("MS2004"));
        Assert.That(error.Message, Does.Contain("Lib, Version=0.0.0.0"));
        Assert.That(Weaving.Try(input, folder["out.dll"], diagnostics, null, libraryFolder.Path), Is.Not.Null, string.Join('\n', diagnostics));
    }

    private static string RuntimeFolder => System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory();

    private static void AssertRefused(Func<TemporaryFolder, string> input, DiagnosticId id, string words)
    {
        using var folder = new TemporaryFolder();
        string path = input(folder);

        Diagnostic error = Weaving.Refuse(path, folder["out/woven.dll"]);

        Assert.That(error.Id, Is.EqualTo(id), error.Message);
        Assert.That(error.Message, Does.Match(words));
        Assert.That(error.Message, Does.Not.Contain(" at "), "no stack trace");
        Assert.That(Directory.Exists(folder["out"]), Is.False, "nothing written");
    }

    private static string Write(TemporaryFolder folder, byte[] contents)
    {
        File.WriteAllBytes(folder["input.dll"], contents);
        return folder["input.dll"];
    }

    /// <summary>An image whose data directory names no CLI header, as a native library's does not.</summary>
    private static byte[] WithoutCliHeader()
    {
        (byte[] image, PEHeaders headers) = Image();
        const int cliHeaderDirectory = 14, directorySize = 8, directoriesAt = 96;
        Array.Clear(image, headers.PEHeaderStartOffset + directoriesAt + (cliHeaderDirectory * directorySize), directorySize);
        return image;
    }

    /// <summary>An image whose CLI header does not say "IL only".</summary>
    private static byte[] MixedMode()
    {
        (byte[] image, PEHeaders headers) = Image();
        const int flagsAt = 16;
        image[headers.CorHeaderStartOffset + flagsAt] &= 0xFE;
        return image;
    }

    private static (byte[] Image, PEHeaders Headers) Image()
    {
        byte[] image = CSharpFixture.Compile(Source, symbols: DebugFormat.None).Image;
        return (image, new PEHeaders(new MemoryStream(image)));
    }
}
