using System.Reflection;
using System.Security.Cryptography;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Weaver.Tests.Fixtures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mono.Cecil;
using Diagnostic = MemSentry.Analysis.Diagnostics.Diagnostic;

namespace MemSentry.Weaver.Tests.Writing;

internal sealed class StrongNameTests
{
    private const string Source = "public static unsafe class P { public static int Peek(long a) => *(int*)a; }";

    [Test]
    public void WithoutAKeyTheIdentityStaysTheSignatureGoesAndAWarningSaysSo()
    {
        using var folder = new TemporaryFolder();
        string path = Signed(folder);
        byte[] token = AssemblyName.GetAssemblyName(path).GetPublicKeyToken()!;

        Diagnostic warning = Weaving.Run(path, path).Single();

        Assert.That(warning.Code, Is.EqualTo("MS2008"));
        Assert.That(AssemblyName.GetAssemblyName(path).GetPublicKeyToken(), Is.EqualTo(token).And.Not.Empty);
        Assert.That(IsMarkedSigned(path), Is.False);
        using var woven = new WovenFixture(File.ReadAllBytes(path));
        Assert.That(() => woven.Call("P.Peek", BlockAddress.Arena), Throws.InstanceOf<SafeRegionViolationException>());
    }

    [Test]
    public void WithTheKeyItIsSignedAgain()
    {
        using var folder = new TemporaryFolder();
        string path = Signed(folder);
        byte[] token = AssemblyName.GetAssemblyName(path).GetPublicKeyToken()!;

        DiagnosticList diagnostics = Weaving.Run(path, folder["out.dll"], folder["key.snk"]);
        Weaving.Run(path, folder["again.dll"], folder["key.snk"]);

        Assert.That(diagnostics, Is.Empty);
        Assert.That(AssemblyName.GetAssemblyName(folder["out.dll"]).GetPublicKeyToken(), Is.EqualTo(token));
        Assert.That(IsMarkedSigned(folder["out.dll"]), Is.True);
        Assert.That(Signature(folder["out.dll"]).Any(b => b != 0), Is.True);
        Assert.That(File.ReadAllBytes(folder["again.dll"]), Is.EqualTo(File.ReadAllBytes(folder["out.dll"])));
    }

    [Test]
    public void AnUnsignedAssemblyStaysUnsignedWithoutAWord()
    {
        using var folder = new TemporaryFolder();
        string path = CSharpFixture.Compile(Source).WriteTo(folder);

        Assert.That(Weaving.Run(path, path), Is.Empty);
        Assert.That(AssemblyName.GetAssemblyName(path).GetPublicKeyToken(), Is.Empty);
    }

    [Test]
    public void AFileThatIsNoKeyPairIsRefused([Values("no key at all", "")] string contents)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["bad.snk"], contents);

        Diagnostic error = Weaving.Refuse(CSharpFixture.Compile(Source).WriteTo(folder), folder["out.dll"], folder["bad.snk"]);

        Assert.That(error.Code, Is.EqualTo("MS2005"));
        Assert.That(error.Message, Does.Contain("strong-name key pair"));
        Assert.That(File.Exists(folder["out.dll"]), Is.False);
    }

    [Test]
    public void APublicKeyAloneIsRefused()
    {
        using var folder = new TemporaryFolder();
        using var rsa = new RSACryptoServiceProvider(2048);
        File.WriteAllBytes(folder["public.snk"], rsa.ExportCspBlob(includePrivateParameters: false));

        Assert.That(Weaving.Refuse(CSharpFixture.Compile(Source).WriteTo(folder), folder["out.dll"], folder["public.snk"]).Code, Is.EqualTo("MS2005"));
    }

    private static string Signed(TemporaryFolder folder)
    {
        using var rsa = new RSACryptoServiceProvider(2048);
        File.WriteAllBytes(folder["key.snk"], rsa.ExportCspBlob(includePrivateParameters: true));
        CSharpCompilationOptions options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
            .WithCryptoKeyFile(folder["key.snk"]).WithStrongNameProvider(new DesktopStrongNameProvider());
        return CSharpFixture.Compile(Source, options: options).WriteTo(folder);
    }

    private static bool IsMarkedSigned(string path)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(path);
        return module.Attributes.HasFlag(ModuleAttributes.StrongNameSigned);
    }

    private static byte[] Signature(string path)
    {
        using var pe = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(path));
        var directory = pe.PEHeaders.CorHeader!.StrongNameSignatureDirectory;
        return [.. pe.GetSectionData(directory.RelativeVirtualAddress).GetContent(0, directory.Size)];
    }
}
