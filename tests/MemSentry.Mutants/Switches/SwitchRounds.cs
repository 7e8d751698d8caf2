using MemSentry.Mutants.Running;
using MemSentry.Windows;

namespace MemSentry.Mutants.Switches;

/// <summary>Breaks the program of windows in all ways, woven with each of the domain-based methods.</summary>
public static class SwitchRounds
{
    /// <summary>Runs every kind.</summary>
    /// <param name="perKind">About how many mutants of each kind and method are wanted: they are drawn in a fixed rhythm from all places.</param>
    /// <exception cref="InvalidOperationException">There is nothing that a kind can break.</exception>
    public static IReadOnlyList<Judged> Run(int perKind) => [.. WindowProgram.Methods.AsParallel().AsOrdered().SelectMany(method => Run(method, perKind))];

    /// <summary>Runs one kind on the program that is woven with one method.</summary>
    /// <param name="program">The program.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="perKind">About how many mutants are wanted.</param>
    /// <exception cref="InvalidOperationException">There is nothing that the kind can break.</exception>
    public static IEnumerable<Judged> Run(WovenProgram program, SwitchKind kind, int perKind)
    {
        int count = program.CountOf(kind);
        if (count == 0)
            throw new InvalidOperationException($"there is nothing in {program.Name} that '{kind.Name}' can break");

        for (int i = 0; i < count; i += Math.Max(1, count / perKind))
        {
            (string place, var report) = program.Break(kind, i);
            yield return new Judged(new Mutant(kind.Name, "", program.Name, place), report.Accepted ? Verdict.Accepted : Verdict.Rejected);
        }
    }

    private static List<Judged> Run(string method, int perKind)
    {
        using var program = new WovenProgram(method);
        return [.. SwitchKind.For(method).SelectMany(kind => Run(program, kind, perKind))];
    }
}
