using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Attacks.Building;
using MemSentry.Weaver;

namespace MemSentry.Attacks.Tests;

/// <summary>What cannot be checked is not woven at all.</summary>
public sealed class RefusedTests
{
    [TestCase("Jmp.il")]
    [TestCase("ForgedTypedReference.il")]
    public void What_cannot_be_checked_is_refused(string fixture)
    {
        string folder = Directory.CreateTempSubdirectory("memsentry-refused-").FullName;
        try
        {
            string input = Path.Combine(folder, "Refused.dll");
            string output = Path.Combine(folder, "Woven.dll");
            IlFixtures.Assemble(BuildConfiguration.Release, [Path.Combine(AppContext.BaseDirectory, "Fixtures", "Refused", fixture)], input);
            var diagnostics = new DiagnosticList();
            AssemblyWeave.Run(new(input, output, new WeaverOptions(), [AppContext.BaseDirectory]), diagnostics);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(diagnostics.Select(d => d.Id), Is.EqualTo([DiagnosticId.MemberNotAnalysable]));
                Assert.That(output, Does.Not.Exist);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
