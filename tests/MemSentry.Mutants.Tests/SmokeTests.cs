using MemSentry.Attacks.Building;
using MemSentry.Mutants.Kinds;
using MemSentry.Mutants.Kinds.Modules;
using MemSentry.Mutants.Reporting;
using MemSentry.Mutants.Running;
using MemSentry.Mutants.Subjects;
using Mono.Cecil;

namespace MemSentry.Mutants.Tests;

/// <summary>A small campaign on the fixtures of the attack matrix, with masks and with compares.</summary>
[TestFixture]
internal sealed class SmokeTests
{
    private DirectoryInfo _folder = null!;
    private Subject[] _subjects = null!;
    private IReadOnlyList<Judged> _judged = null!;

    [OneTimeSetUp]
    public void Run()
    {
        _folder = Directory.CreateTempSubdirectory("memsentry-smoke-");
        SubjectCatalog.CompileAttacks(BuildConfiguration.Debug, _folder.FullName);
        _subjects = [.. SubjectCatalog.AttacksIn(_folder.FullName)];
        _judged = new Campaign(seed: 2, perKind: 20).Run([_subjects[0], _subjects[1] with { IsSmall = true }, _subjects[^1] with { IsSmall = true }]);
    }

    [OneTimeTearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [Test]
    public void Every_necessary_mutant_is_rejected()
    {
        var report = new MutantReport(_judged, []);

        Assert.That(report.IsPerfect, string.Join('\n', report.Lines()));
        Assert.That(report.Total, Is.GreaterThan(250));
    }

    [Test]
    public void Every_kind_has_targets()
    {
        string[] kinds = [.. MemberKinds.All.Select(k => k.Name), .. ModuleKinds.All.Select(k => k.Name)];

        Assert.That(kinds.Except(_judged.Select(j => j.Mutant.Kind)), Is.Empty);
    }

    [Test]
    public void Every_way_to_break_a_check_is_tried()
    {
        using var woven = new WovenSubject(_subjects[1]);
        using ModuleDefinition module = woven.Read();
        IEnumerable<(string Kind, string How)> ways = module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody)
            .SelectMany(m => MemberKinds.All.SelectMany(k => k.MutationsOf(m).Select(mutation => (k.Name, mutation.How)))).Distinct();

        Assert.That(ways.Except(_judged.Select(j => (j.Mutant.Kind, j.Mutant.How))), Is.Empty);
    }

    [Test]
    public void Same_seed_draws_the_same_mutants()
    {
        Subject subject = SubjectCatalog.AttacksIn(_folder.FullName).Last();

        IEnumerable<string> Drawn() => new Campaign(seed: 2, perKind: 3).Run([subject]).Select(j => j.ToString());

        Assert.That(Drawn(), Is.EqualTo(Drawn()));
    }
}
