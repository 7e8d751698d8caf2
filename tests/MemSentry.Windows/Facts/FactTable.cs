using MemSentry.Windows.Naive;

namespace MemSentry.Windows.Facts;

/// <summary>
/// The facts, for tests on this machine and on an emulated one. A window that was left open is seen by the program itself, which then ends with 1; one that is
/// missing kills it, with the line that says why, or under crypt shows it ciphertext.
/// </summary>
public static class FactTable
{
    /// <summary>The program has seen an open region.</summary>
    public const int Seen = 1;

    /// <summary>The program has found something wrong.</summary>
    public const int Wrong = 3;

    /// <summary>The program was killed.</summary>
    public const int Killed = 134;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<WindowFact> All { get; } =
    [
        new("suspensions", NaiveVersion.WithoutSuspension, Seen, "OPEN in an awaiter's OnCompleted"),
        new("suspensions", NaiveVersion.WithoutOwnWindows, Killed, "MS7104"),
        new("lambdas", NaiveVersion.WithoutOwnWindows, Killed, "MS7104"),
        new("lambdas", NaiveVersion.WithoutSuspension, Seen, "OPEN in a delegate that got a lambda"),
        new("two-passes", NaiveVersion.OnlyFinally, Seen, "OPEN in a caller's filter"),
        new("two-passes", NaiveVersion.WithoutObserver, Seen, "OPEN in a FirstChanceException observer"),
        new("reopened-windows", NaiveVersion.WithReopening, Seen, "OPEN in a caller's filter, behind a gate", KeysWithstand: true),
        new("unhandled", NaiveVersion.OnlyFinally, Seen, "OPEN in an UnhandledException observer"),
        new("threads", NaiveVersion.WithoutSuspension, Seen, "OPEN in a thread that was started in a window", KeysWithstand: true),
        new("static-constructors", NaiveVersion.WithoutStaticConstructors, Seen, "OPEN in a static constructor"),
        new("first-calls", NaiveVersion.WithoutPreparation, Seen, "OPEN in an observer of assemblies"),
        new("callees", NaiveVersion.WithoutSuspension, Seen, "OPEN in a comparer"),
        new("foreign-arrays", NaiveVersion.WithoutSuspension, Seen, "OPEN in an object that is asked for its interfaces"),
        new("nested-domains", NaiveVersion.WithoutSuspension, Seen, "OPEN in a callee of two domains"),
        new("exit", NaiveVersion.WithoutSuspension, Seen, "OPEN in a ProcessExit observer", KeysWithstand: true),
        new("collections", NaiveVersion.WithoutClose, Seen, "OPEN in what follows"),
        new("contexts", NaiveVersion.WithoutSuspension, Seen, "OPEN in code that two copies have called"),
        new("lifecycle", NaiveVersion.WithoutClose, Wrong, "closed False"),
    ];
}
