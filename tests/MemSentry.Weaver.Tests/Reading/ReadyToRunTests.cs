using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Weaver.Tests.Fixtures;

namespace MemSentry.Weaver.Tests.Reading;

/// <summary>Assemblies of the shared framework are compiled ahead of time by crossgen2.</summary>
internal sealed class ReadyToRunTests
{
    [TestCase("System.Text.Encodings.Web.dll")]
    [TestCase("System.Collections.Immutable.dll")]
    public void PrecompiledCodeIsDroppedWithAWarningAndTheIlRuns(string name)
    {
        using var folder = new TemporaryFolder();
        string input = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), name);
        using (var before = new PEReader(File.OpenRead(input)))
            Assert.That(before.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size, Is.GreaterThan(0), "the fixture is precompiled");

        DiagnosticList diagnostics = Weaving.Run(input, folder[name]);

        using var pe = new PEReader(File.OpenRead(folder[name]));
        using var woven = new WovenFixture(File.ReadAllBytes(folder[name]));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(diagnostics.Select(d => d.Code), Does.Contain("MS2007"));
            Assert.That(pe.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size, Is.Zero);
            Assert.That(pe.PEHeaders.CorHeader.Flags.HasFlag(CorFlags.ILOnly), Is.True);
            Assert.That(pe.PEHeaders.CoffHeader.Machine, Is.EqualTo(Machine.I386));
            Assert.That(woven.PrepareAll(), Is.GreaterThan(100));
        }
    }
}
