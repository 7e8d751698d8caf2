using MemSentry.Analysis.Planning;
using MemSentry.Attacks.Building;
using MemSentry.Attacks.Running;
using MemSentry.Constructs.Building;
using MemSentry.Constructs.Running;
using MemSentry.Verifier;
using Mono.Cecil;

namespace MemSentry.Constructs.Tests;

/// <summary>The woven fixtures as assemblies: proven, valid for the JIT, and really woven.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class WovenAssemblyTests
{
    private static IEnumerable<TestCaseData> EveryFile() =>
        from build in Variant.Builds
        from file in FixtureFiles.All
        select new TestCaseData(build.Variant, build.Configuration, file).SetArgDisplayNames(build.Variant.Name, build.Configuration.ToString(), file);

    [TestCaseSource(nameof(EveryFile))]
    public void The_verifier_accepts_them(Variant variant, BuildConfiguration configuration, string file)
    {
        VerificationReport report = AssemblyVerification.Run(new(Path.Combine(SharedWorkshop.Workshop.Folder(variant, configuration), file), [AppContext.BaseDirectory]));

        Assert.That(report.Findings, Is.Empty);
        Assert.That(report.Obligations, Is.Positive);
    }

    [Test]
    public void The_JIT_compiles_every_member([ValueSource(typeof(Variant), nameof(Variant.Methods))] Variant variant, [Values] BuildConfiguration configuration)
    {
        string[] before = ConstructProcess.Prepare(SharedWorkshop.Workshop.Folder(Variant.Unwoven, configuration), ExecutionMode.Optimised).Split('\n');
        string[] after = ConstructProcess.Prepare(SharedWorkshop.Workshop.Folder(variant, configuration), ExecutionMode.Optimised).Split('\n');

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Lines(after, "failed "), Is.EqualTo(Lines(before, "failed ")));
            Assert.That(Lines(after, "open "), Is.EqualTo(Lines(before, "open ")));
            Assert.That(Lines(after, "woven True"), Has.Count.EqualTo(FixtureFiles.All.Count));
        }
    }

    /// <summary>A fixture in which nothing is checked would prove nothing.</summary>
    [Test]
    public void Every_class_of_fixtures_has_checks([ValueSource(typeof(Variant), nameof(Variant.Methods))] Variant variant, [Values] BuildConfiguration configuration)
    {
        string unwoven = SharedWorkshop.Workshop.Folder(Variant.Unwoven, configuration);
        DirectoryInfo again = Directory.CreateDirectory(Path.Combine(unwoven, "again-" + variant.Name));
        foreach (string file in FixtureFiles.All)
        {
            ModulePlan plan = Workshop.Weave(variant, Path.Combine(unwoven, file), Path.Combine(again.FullName, file));
            HashSet<string> changed = [.. plan.Members.Select(m => Outermost(m.Method.DeclaringType).FullName)];
            IEnumerable<string> fixtures = plan.All.Where(m => IsFixture(m.Method)).Select(m => m.Method.DeclaringType.FullName).Distinct();

            Assert.That(fixtures.Except(changed), Is.Empty, file);
        }
    }

    /// <summary>Whoever is whitelisted touches the region, so a member that is no gate would show that it was not asked.</summary>
    [Test]
    public void Trusted_members_are_gates([Values] BuildConfiguration configuration)
    {
        IReadOnlyList<ModulePlan> plans = SharedWorkshop.Workshop.Plans(Variant.Mprotect, configuration);
        TestContext.Out.WriteLine($"{plans.Sum(p => p.Windows.Length)} gates of {plans.Sum(p => p.Whitelist.Length)} trusted members, {plans.Sum(p => p.Windows.Sum(w => w.TwinCalls.Length))} direct calls, {plans.Sum(p => p.Windows.Sum(w => w.Actions.Length))} switches inside");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(plans.Sum(p => p.Windows.Length), Is.EqualTo(plans.Sum(p => p.Whitelist.Length)).And.GreaterThan(900));
            Assert.That(plans.Sum(p => p.Windows.Sum(w => w.TwinCalls.Length)), Is.GreaterThan(100));
        }
    }

    private static bool IsFixture(MethodDefinition method) =>
        method is { IsPublic: true, IsStatic: true, HasParameters: false, HasGenericParameters: false, DeclaringType: { IsPublic: true, IsNested: false } }
        && method.ReturnType.FullName is "System.String" or "System.Int64" or "System.Threading.Tasks.Task`1<System.String>";

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static List<string> Lines(string[] lines, string beginning) => [.. lines.Where(line => line.StartsWith(beginning, StringComparison.Ordinal))];
}
