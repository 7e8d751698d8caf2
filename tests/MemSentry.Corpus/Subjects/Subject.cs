using System.Diagnostics;

namespace MemSentry.Corpus.Subjects;

/// <summary>Assemblies that are woven together, and a program that puts them to work.</summary>
/// <param name="Name">A word for it.</param>
/// <param name="Files">The assemblies' file names.</param>
public abstract record Subject(string Name, IReadOnlyList<string> Files)
{
    /// <summary>How many of <see cref="Variant.All"/> a figure has time for: all but for big assemblies, fewer where most checks are of references.</summary>
    public int WaysInFigure { get; init; } = Variant.All.Count;

    /// <summary>Whether its program expects <see cref="Workloads.TraceWorkload.FileName"/> in the scratch folder.</summary>
    public bool ReadsTrace { get; init; }

    /// <summary>Where the unwoven assemblies are, and what they refer to.</summary>
    public abstract string Originals { get; }

    /// <summary>The program in a process of its own: it works, then compiles members, and prints what <see cref="Children.ChildProgram"/> prints.</summary>
    /// <param name="folder">With the assemblies to use, woven or not.</param>
    /// <param name="scratch">An empty folder for its files.</param>
    /// <param name="members">What to compile; see <see cref="Children.MemberChoice"/>.</param>
    public abstract ProcessStartInfo Program(string folder, string scratch, string members);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
