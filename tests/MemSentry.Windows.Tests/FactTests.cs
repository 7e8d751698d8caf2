using MemSentry.Windows.Naive;

namespace MemSentry.Windows.Tests;

/// <summary>
/// The facts of .NET that break naive windows: the whole program withstands each, and the same program without what it takes does not. A window that was
/// left open is seen by the program itself, which then ends with 1; one that is missing kills it, with the line that says why, or under crypt shows it ciphertext.
/// </summary>
[TestFixture("mprotect")]
[TestFixture("crypt")]
[TestFixture("mpk")]
[Parallelizable(ParallelScope.Children)]
public sealed class FactTests(string method)
{
    private const int Seen = 1;
    private const int Wrong = 3;
    private const int Killed = 134;

    private static IEnumerable<TestCaseData> Facts() =>
    [
        Fact("suspensions", NaiveVersion.WithoutSuspension, Seen, "OPEN in an awaiter's OnCompleted"),
        Fact("suspensions", NaiveVersion.WithoutOwnWindows, Killed, "MS7104"),
        Fact("lambdas", NaiveVersion.WithoutOwnWindows, Killed, "MS7104"),
        Fact("lambdas", NaiveVersion.WithoutSuspension, Seen, "OPEN in a delegate that got a lambda"),
        Fact("two-passes", NaiveVersion.OnlyFinally, Seen, "OPEN in a caller's filter"),
        Fact("two-passes", NaiveVersion.WithoutObserver, Seen, "OPEN in a FirstChanceException observer"),
        Fact("unhandled", NaiveVersion.OnlyFinally, Seen, "OPEN in an UnhandledException observer"),
        Fact("threads", NaiveVersion.WithoutSuspension, Seen, "OPEN in a thread that was started in a window"),
        Fact("static-constructors", NaiveVersion.WithoutStaticConstructors, Seen, "OPEN in a static constructor"),
        Fact("callees", NaiveVersion.WithoutSuspension, Seen, "OPEN in a comparer"),
        Fact("exit", NaiveVersion.WithoutSuspension, Seen, "OPEN in a ProcessExit observer"),
        Fact("collections", NaiveVersion.WithoutClose, Seen, "OPEN in what follows"),
        Fact("contexts", NaiveVersion.WithoutSuspension, Seen, "OPEN in code that two copies have called"),
        Fact("lifecycle", NaiveVersion.WithoutClose, Wrong, "closed False"),
    ];

    private static TestCaseData Fact(string fact, NaiveVersion naive, int exitCode, string words) =>
        new TestCaseData(fact, naive, exitCode, words).SetArgDisplayNames(fact, naive.Name);

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

    /// <summary>Under crypt they read ciphertext, and what they write to it is found out.</summary>
    [Test]
    public void Handlers_that_take_the_window_for_open_do_not()
    {
        ProgramResult result = WindowProgram.Run(Copies.Of(method, NaiveVersion.WithoutResume), "fact", "hardware-exceptions");

        Assert.That(result.ExitCode, Is.EqualTo(Killed).Or.EqualTo(method == "crypt" ? Wrong : Killed), result.ToString());
        Assert.That(result.ExitCode == Wrong || result.Errors.Contains(method == "crypt" ? "MS7110" : "MS7102", StringComparison.Ordinal), result.ToString());
    }

    [TestCaseSource(nameof(Facts))]
    public void The_naive_program_does_not(string fact, NaiveVersion naive, int exitCode, string words)
    {
        ProgramResult result = WindowProgram.Run(Copies.Of(method, naive), "fact", fact);

        Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.ToString());
        Assert.That(result.Output + result.Errors, Does.Contain(words));
    }
}
