using System.Reflection;
using MemSentry.Analysis.Diagnostics;
using MemSentry.CompilerServices;
using MemSentry.Weaver.Reading;
using MemSentry.Weaver.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Tests;

internal sealed class AssemblyWeaveTests
{
    private const string Source = """
        using MemSentry;
        public static unsafe class Program
        {
            public static int Peek(long address) => *(int*)address;
            public static int Untouched(int a) => a * 7;
            public static int WithHandler(int a) { try { a++; } finally { a--; } return a; }
            [SafeRegionAccess] public static int Trusted(long address) => *(int*)address;
            public static int Marked(long address, long other)
            {
                int first = *(int*)other;
                MemSentryMarkers.SafeRegionAccess();
                return first + *(int*)address;
            }
        }
        """;

    [Test]
    public void TheOutputIsProtectedAndTheInputStays()
    {
        using var folder = new TemporaryFolder();
        string input = CSharpFixture.Compile(Source).WriteTo(folder);
        byte[] before = File.ReadAllBytes(input);

        DiagnosticList diagnostics = Weaving.Run(input, folder["out/Fixture.dll"]);

        using var woven = new WovenFixture(File.ReadAllBytes(folder["out/Fixture.dll"]));
        Assert.That(diagnostics, Is.Empty);
        Assert.That(() => woven.Call("Program.Peek", BlockAddress.Arena), Throws.InstanceOf<SafeRegionViolationException>());
        Assert.That(File.ReadAllBytes(input), Is.EqualTo(before));
    }

    [Test]
    public void TheOutputMayReplaceTheInput()
    {
        using var folder = new TemporaryFolder();
        string input = CSharpFixture.Compile(Source).WriteTo(folder);

        Weaving.Run(input, input);

        using var woven = new WovenFixture(File.ReadAllBytes(input));
        Assert.That(() => woven.Call("Program.Peek", BlockAddress.Arena), Throws.InstanceOf<SafeRegionViolationException>());
        Assert.That(Directory.GetFiles(folder.Path).Select(Path.GetFileName), Is.EquivalentTo((string[])["Fixture.dll", "Fixture.pdb"]));
    }

    [Test]
    public void TheSameInputGivesTheSameBytesWhereverItIsWoven([Values] bool embedded)
    {
        using var here = new TemporaryFolder();
        using var there = new TemporaryFolder();
        DebugFormat format = embedded ? DebugFormat.Embedded : DebugFormat.PortableFile;
        CSharpFixture fixture = CSharpFixture.Compile(Source, symbols: format);

        Weaving.Run(fixture.WriteTo(here), here["woven/Fixture.dll"]);
        Weaving.Run(fixture.WriteTo(there), there["Fixture.dll"]);

        Assert.That(File.ReadAllBytes(there["Fixture.dll"]), Is.EqualTo(File.ReadAllBytes(here["woven/Fixture.dll"])));
        if (!embedded)
            Assert.That(File.ReadAllBytes(there["Fixture.pdb"]), Is.EqualTo(File.ReadAllBytes(here["woven/Fixture.pdb"])));
    }

    [Test]
    public void TheModuleVersionIdIsAnother()
    {
        using var folder = new TemporaryFolder();
        CSharpFixture fixture = CSharpFixture.Compile(Source);
        using ModuleDefinition input = fixture.Read();

        Weaving.Run(fixture.WriteTo(folder), folder["Fixture.dll"]);

        using ModuleDefinition woven = ModuleDefinition.ReadModule(folder["Fixture.dll"]);
        Assert.That(woven.Mvid, Is.Not.EqualTo(input.Mvid).And.Not.EqualTo(Guid.Empty));
    }

    [Test]
    public void TheStampTellsLayoutAndSettings()
    {
        using var folder = new TemporaryFolder();
        string path = CSharpFixture.Compile(Source).WriteTo(folder);
        Weaving.Run(path, path);

        using var woven = new WovenFixture(File.ReadAllBytes(path));
        var stamp = woven.Assembly.GetCustomAttribute<WovenAssemblyAttribute>()!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stamp.LayoutVersion, Is.EqualTo(1));
            Assert.That(stamp.Settings, Is.EqualTo("ProtMethod=mpx;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf"));
            Assert.That(stamp.WeaverVersion, Is.EqualTo("0.1.0"));
        }
    }

    [Test]
    public void TheTrustListNamesWhitelistedMembersAndMarkedAccesses()
    {
        using var folder = new TemporaryFolder();
        CSharpFixture fixture = CSharpFixture.Compile(Source);
        string path = fixture.WriteTo(folder);
        using ModuleDefinition input = fixture.Read();
        int marked = input.GetType("Program").Methods.Single(m => m.Name == "Marked").Body.Instructions.Last(i => i.OpCode == OpCodes.Ldind_I4).Offset;

        Weaving.Run(path, path);

        using ModuleDefinition woven = ModuleDefinition.ReadModule(path);
        string text = System.Text.Encoding.UTF8.GetString(((EmbeddedResource)woven.Resources.Single(r => r.Name == "MemSentry.TrustList")).GetResourceData());
        Instruction access = woven.GetType("Program").Methods.Single(m => m.Name == "Marked").Body.Instructions.Last(i => i.OpCode == OpCodes.Ldind_I4);
        Assert.That(text, Is.EqualTo($"""
            MemSentry trust list 1
            assembly Fixture
            layout 1
            settings ProtMethod=mpx;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf
            member System.Int32 Program::Trusted(System.Int64)
            access System.Int32 Program::Marked(System.Int64,System.Int64) input IL_{marked:x4} woven IL_{access.Offset:x4}

            """));
        Assert.That(access.Offset, Is.Not.EqualTo(marked));
    }

    [Test]
    public void AMarkedAccessIsAllowedAndTheOneBeforeItIsNot()
    {
        using var folder = new TemporaryFolder();
        string path = CSharpFixture.Compile(Source).WriteTo(folder);
        Weaving.Run(path, path);

        using ModuleDefinition module = ModuleDefinition.ReadModule(path);
        MethodDefinition member = module.GetType("Program").Methods.Single(m => m.Name == "Marked");
        IEnumerable<string> calls = member.Body.Instructions.Where(i => i.OpCode == OpCodes.Call).Select(i => ((MethodReference)i.Operand).Name);
        using var woven = new WovenFixture(File.ReadAllBytes(path));

        Assert.That(calls, Is.EqualTo((string[])["Throw"]));
        Assert.That(() => woven.Call("Program.Marked", 0L, BlockAddress.Arena), Throws.InstanceOf<SafeRegionViolationException>());
    }

    [Test]
    public void BodiesWithoutChecksStayByteForByte()
    {
        using var folder = new TemporaryFolder();
        CSharpFixture fixture = CSharpFixture.Compile(Source);
        string path = fixture.WriteTo(folder);
        Weaving.Run(path, path);

        using var unwoven = new WovenFixture(fixture.Image);
        using var woven = new WovenFixture(File.ReadAllBytes(path));

        Assert.That(Body(woven, "Untouched"), Is.EqualTo(Body(unwoven, "Untouched")));
        Assert.That(Body(woven, "Trusted"), Is.EqualTo(Body(unwoven, "Trusted")));
        Assert.That(Body(woven, "Peek"), Is.Not.EqualTo(Body(unwoven, "Peek")));
    }

    [Test]
    public void HeadersOfBodiesWithoutChecksStayToo()
    {
        using var folder = new TemporaryFolder();
        CSharpFixture fixture = CSharpFixture.Compile(Source);
        const byte unusual = 77;
        string path = (fixture with { Image = WithMaxStackOf("WithHandler", unusual, fixture) }).WriteTo(folder);
        Weaving.Run(path, path);

        using var woven = new WovenFixture(File.ReadAllBytes(path));

        Assert.That(Body(woven, "WithHandler").MaxStack, Is.EqualTo(unusual));
    }

    /// <summary>The stack size is at offset 2 of a fat header: ECMA-335 II.25.4.3.</summary>
    private static byte[] WithMaxStackOf(string member, byte size, CSharpFixture fixture)
    {
        using ModuleDefinition module = fixture.Read();
        int address = module.GetType("Program").Methods.Single(m => m.Name == member).RVA;
        using var pe = new System.Reflection.PortableExecutable.PEReader(new MemoryStream(fixture.Image));
        var section = pe.PEHeaders.SectionHeaders[pe.PEHeaders.GetContainingSectionIndex(address)];
        byte[] image = [.. fixture.Image];
        image[address - section.VirtualAddress + section.PointerToRawData + 2] = size;
        return image;
    }

    private static (byte[] Code, int MaxStack, bool InitLocals) Body(WovenFixture fixture, string member)
    {
        System.Reflection.MethodBody body = fixture.Assembly.GetType("Program")!.GetMethod(member)!.GetMethodBody()!;
        return (body.GetILAsByteArray()!, body.MaxStackSize, body.InitLocals);
    }
}
