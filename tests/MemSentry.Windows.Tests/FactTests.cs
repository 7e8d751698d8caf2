using MemSentry.Windows.Facts;
using MemSentry.Windows.Naive;

namespace MemSentry.Windows.Tests;

/// <summary>
/// The facts of .NET that break naive windows: the whole program withstands each, and the same program without what it takes does not.
/// </summary>
[TestFixture("mprotect")]
[TestFixture("crypt")]
[TestFixture("mpk")]
[Parallelizable(ParallelScope.Children)]
public sealed class FactTests(string method)
{
    private static IEnumerable<TestCaseData> Facts() =>
        FactTable.All.Select(f => new TestCaseData(f.Name, f.Naive, f.ExitCode, f.Words).SetArgDisplayNames(f.Name, f.Naive.Name));

    [TestCaseSource(nameof(Facts))]
    public void The_whole_program_withstands_it(string fact, NaiveVersion naive, int exitCode, string words)
    {
        ProgramResult result = WindowProgram.Run(WindowProgram.Whole(method), "fact", fact);

        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Output, Does.Contain(" looks, 0 leaks"));
    }

    [Test]
    public void Handlers_withstand_a_fault_of_the_processor()
    {
        ProgramResult result = WindowProgram.Run(WindowProgram.Whole(method), "fact", "hardware-exceptions");

        Assert.That(result is { ExitCode: 0, Output: "50 looks, 0 leaks\n" }, result.ToString());
    }

    [Test]
    public void Handlers_withstand_an_exception_that_two_copies_of_the_runtime_observe()
    {
        ProgramResult result = WindowProgram.Run(WindowProgram.Whole(method), "fact", "two-runtimes");

        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Output, Does.Contain("5 looks, 0 leaks"));
    }

    /// <summary>Under crypt they read ciphertext, and what they write to it is found out.</summary>
    [Test]
    public void Handlers_that_take_the_window_for_open_do_not()
    {
        ProgramResult result = WindowProgram.Run(Copies.Of(method, NaiveVersion.WithoutResume), "fact", "hardware-exceptions");

        Assert.That(result.ExitCode, Is.EqualTo(FactTable.Killed).Or.EqualTo(method == "crypt" ? FactTable.Wrong : FactTable.Killed), result.ToString());
        Assert.That(result.ExitCode == FactTable.Wrong || result.Errors.Contains(method == "crypt" ? "MS7110" : "MS7102", StringComparison.Ordinal), result.ToString());
    }

    [TestCaseSource(nameof(Facts))]
    public void The_naive_program_does_not(string fact, NaiveVersion naive, int exitCode, string words)
    {
        ProgramResult result = WindowProgram.Run(Copies.Of(method, naive), "fact", fact);

        Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.ToString());
        Assert.That(result.Output + result.Errors, Does.Contain(words));
    }
}
