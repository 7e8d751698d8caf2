namespace MemSentry.SeededBugs.Finding;

/// <summary>A program that fails when our engine is wrong.</summary>
/// <param name="Name">As the report names it.</param>
/// <param name="Program">The project whose output is copied and run.</param>
/// <param name="Arguments">What is put behind <c>dotnet</c>; <c>{0}</c> is the copy's folder.</param>
public sealed record Detector(string Name, string Program, params string[] Arguments)
{
    /// <summary>All of them, the quickest first.</summary>
    /// <param name="fixtures">The folder with the compiled fixtures.</param>
    public static IReadOnlyList<Detector> All(string fixtures) =>
    [
        new("verifier and mutants", "MemSentry.Mutants", "exec", "{0}/MemSentry.Mutants.dll", "probe", fixtures),
        new("laws and traces of the analysis", "MemSentry.Analysis.Tests", "vstest", "{0}/MemSentry.Analysis.Tests.dll", Filter(".Laws.", ".Traces.", ".Dataflow.")),
        new("laws of the verifier", "MemSentry.Verifier.Tests", "vstest", "{0}/MemSentry.Verifier.Tests.dll", Filter(".Laws.", ".DataflowTests.")),
        new("the fuzzer", "MemSentry.Fuzzing", "exec", "{0}/MemSentry.Fuzzing.dll", "--members", "300"),
        new("tests of the rewriting", "MemSentry.Weaver.Tests", "vstest", "{0}/MemSentry.Weaver.Tests.dll", Filter(".Rewriting.")),
    ];

    private static string Filter(params string[] parts) => "--TestCaseFilter:" + string.Join('|', parts.Select(p => "FullyQualifiedName~" + p));
}
