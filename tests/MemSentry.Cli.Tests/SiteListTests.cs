using System.Runtime.InteropServices;
using System.Text.Json;
using MemSentry.AccessTable;
using MemSentry.Cli.Tests.Enumeration;

namespace MemSentry.Cli.Tests;

/// <summary><c>list</c> finds what there is: compared site by site with an enumeration that shares no code with it.</summary>
public class SiteListTests
{
    private static readonly string[] Calls = ["call", "callvirt", "newobj", "calli"];

    private WorkFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new WorkFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    // The figure list-sites reads the line that this prints.
    [Test]
    public void The_sites_of_TraceEvent_equal_an_independent_enumeration_one_by_one()
    {
        (int equal, int all) = Compare(Path.Combine(AppContext.BaseDirectory, "Microsoft.Diagnostics.Tracing.TraceEvent.dll"));
        TestContext.Out.WriteLine($"list-sites: {equal}/{all} sites");
        Assert.That(equal, Is.EqualTo(all).And.GreaterThan(2000));
    }

    [TestCase("System.Reflection.Metadata.dll")]
    [TestCase("System.Net.Sockets.dll")]
    [TestCase("System.Private.Xml.dll")]
    public void The_sites_of_framework_assemblies_equal_an_independent_enumeration_one_by_one(string assembly)
    {
        (int equal, int all) = Compare(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), assembly));
        Assert.That(equal, Is.EqualTo(all).And.GreaterThan(500));
    }

    [Test]
    public void No_opcode_row_is_missing_in_either()
    {
        string assembly = OpcodeAssembly.In(_folder);
        (int equal, int all) = Compare(assembly);
        Assert.That(equal, Is.EqualTo(all));
        Assert.That(
            SiteEnumeration.Of(assembly).Select(s => s.Opcode).Distinct(),
            Is.EquivalentTo(OpcodeTable.Opcodes.Select(c => c.ToString().ToLowerInvariant().Replace('_', '.')).Except(["mkrefany"])));
    }

    private static (int Equal, int All) Compare(string assembly)
    {
        CliResult result = CliProcess.Run("list", assembly, "--format", "json");
        Assert.That(result.ExitCode, Is.Zero, result.ToString()[..Math.Min(2000, result.ToString().Length)]);
        EnumeratedSite[] listed = [.. OpcodeSites(string.Join('\n', result.Output))];
        IReadOnlyList<EnumeratedSite> enumerated = SiteEnumeration.Of(assembly);
        Assert.That(listed, Is.Unique);

        int equal = listed.Intersect(enumerated).Count();
        foreach (EnumeratedSite missing in enumerated.Except(listed).Take(20))
            TestContext.Out.WriteLine($"not listed: {missing}");
        foreach (EnumeratedSite invented in listed.Except(enumerated).Take(20))
            TestContext.Out.WriteLine($"not there: {invented}");
        return (equal, listed.Union(enumerated).Count());
    }

    private static IEnumerable<EnumeratedSite> OpcodeSites(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        foreach (JsonElement site in document.RootElement.GetProperty("assemblies")[0].GetProperty("sites").EnumerateArray())
        {
            string opcode = site.GetProperty("opcode").GetString()!;
            string kind = site.GetProperty("kind").GetString()!;
            if (kind is "load" or "store" && !Calls.Contains(opcode))
            {
                yield return new EnumeratedSite(
                    Convert.ToUInt32(site.GetProperty("token").GetString(), 16),
                    site.GetProperty("offset").GetInt32(),
                    opcode,
                    kind,
                    site.GetProperty("operand").GetInt32());
            }
        }
    }
}
