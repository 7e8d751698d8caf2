namespace MemSentry.SeededBugs.Finding;

/// <summary>A program that fails when our engine is wrong.</summary>
/// <param name="Finder">Whom it runs.</param>
/// <param name="Name">As the report names it.</param>
/// <param name="Program">The project whose output is copied and run.</param>
/// <param name="Arguments">What is put behind <c>dotnet</c>; <c>{0}</c> is the copy's folder.</param>
public sealed record Detector(Finder Finder, string Name, string Program, params string[] Arguments)
{
    /// <summary>What has to be there before it runs.</summary>
    public Task Ready { get; init; } = Task.CompletedTask;

    /// <summary>All of them, the quickest first.</summary>
    /// <param name="fixtures">The folder for the compiled fixtures.</param>
    /// <param name="compiled">Whether they are there; who does without them does not wait for it.</param>
    public static IReadOnlyList<Detector> All(string fixtures, Task compiled) =>
    [
        new(Finder.Mutants, "verifier and mutants", "MemSentry.Mutants", "exec", "{0}/MemSentry.Mutants.dll", "probe", fixtures) { Ready = compiled },
        Tests(Finder.Rewriting, "tests of the rewriting", "MemSentry.Weaver.Tests", ".BodyEditorTests.", ".RepeatedLoadTests."),
        Tests(Finder.VerifierDataflow, "tests of the verifier's dataflow", "MemSentry.Verifier.Tests", ".DataflowTests.", ".DistanceTests.", ".LeafCallTests.", ".DynamicCastTests.", ".StructureSizeTests.", ".OrderTests."),
        Tests(Finder.Traces, "traces of the analysis", "MemSentry.Analysis.Tests", ".Traces.", ".Dataflow."),
        Tests(Finder.Displacement, "tests of proofs by distance", "MemSentry.Analysis.Tests", ".DisplacementTests.", ".PushedBaseTests.", ".CertainAccessTests.", ".ComparisonTests.", ".MaskedBaseTests.", ".MovingCopyTests."),
        Tests(Finder.AnalysisLaws, "laws of the analysis", "MemSentry.Analysis.Tests", ".Laws."),
        Tests(Finder.VerifierLaws, "laws of the verifier", "MemSentry.Verifier.Tests", ".Laws."),
        new(Finder.Fuzzer, "the fuzzer", "MemSentry.Fuzzing", "exec", "{0}/MemSentry.Fuzzing.dll", "--members", "20", "--batch", "20"),
    ];

    private static Detector Tests(Finder finder, string name, string project, params string[] classes) =>
        new(finder, name, project, ["exec", "--runtimeconfig", $"{{0}}/{project}.runtimeconfig.json", "--depsfile", $"{{0}}/{project}.deps.json", "{0}/MemSentry.SeededBugs.dll", "tests", $"{{0}}/{project}.dll", .. classes]);
}
