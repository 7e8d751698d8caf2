using System.Diagnostics;
using MemSentry.Corpus.Subjects;

namespace MemSentry.Corpus.Tests;

/// <summary>A subject whose program prints where its assemblies are, which is not the same once they are woven.</summary>
internal sealed record Fickle() : Subject("Fickle", ["CommunityToolkit.HighPerformance.dll"])
{
    /// <inheritdoc/>
    public override string Originals => AppContext.BaseDirectory;

    /// <inheritdoc/>
    public override ProcessStartInfo Program(string folder, string scratch, string members) => new("/bin/sh", ["-c", "echo \"$0\"", folder]);
}
