using MemSentry.Fuzzing.Building;

namespace MemSentry.Fuzzing.Tests;

/// <summary>Other builds of the engine can be tried instead of the one that the fuzzer was built with.</summary>
[TestFixture]
internal sealed class EngineTests
{
    private string _folder = null!;

    [SetUp]
    public void Create() => _folder = Directory.CreateTempSubdirectory("memsentry-engine-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Engine_of_a_folder_weaves()
    {
        foreach (string name in (string[])["MemSentry.AccessTable.dll", "MemSentry.Analysis.dll", "MemSentry.Weaver.dll"])
            File.Copy(Path.Combine(AppContext.BaseDirectory, name), Path.Combine(_folder, name));
        string output = Path.Combine(_folder, "woven.dll");

        string[] errors = Engine.In(_folder).Weave(typeof(EngineTests).Assembly.Location, output, "ProtMethod=mpx");

        Assert.That(errors, Is.Empty);
        Assert.That(output, Does.Exist);
    }

    [Test]
    public void Engine_is_really_taken_from_the_folder()
    {
        File.WriteAllText(Path.Combine(_folder, "MemSentry.Weaver.dll"), "no assembly");

        Assert.That(() => Engine.In(_folder).Weave(typeof(EngineTests).Assembly.Location, Path.Combine(_folder, "woven.dll"), "ProtMethod=mpx"), Throws.TypeOf<BadImageFormatException>());
    }

    [Test]
    public void Refusal_names_its_code() =>
        Assert.That(Engine.Own.Weave("/nowhere.dll", Path.Combine(_folder, "woven.dll"), "ProtMethod=mpx"), Has.Exactly(1).StartsWith("MS2"));
}
