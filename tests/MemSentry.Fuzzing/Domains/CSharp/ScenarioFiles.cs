using System.Globalization;
using MemSentry.Fuzzing.Domains.Tree;

namespace MemSentry.Fuzzing.Domains.CSharp;

/// <summary>The C# sources of an assembly of scenarios.</summary>
internal static class ScenarioFiles
{
    /// <summary>The namespace of everything.</summary>
    public const string Namespace = "Windows";

    private const string Usings = """
        using System;
        using System.Buffers.Binary;
        using System.Collections.Generic;
        using System.Linq;
        using System.Runtime.CompilerServices;
        using System.Threading;
        using System.Threading.Tasks;
        using MemSentry;

        namespace Windows;


        """;

    /// <summary>The files that every assembly has: the regions, and everybody else's code.</summary>
    public static IReadOnlyList<string> Prelude { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "DomainPrelude"), "*.cs").Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    /// <summary>The name of a scenario's class.</summary>
    /// <param name="number">Its number in the assembly.</param>
    public static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"S{number}");

    /// <summary>A file with scenarios.</summary>
    public static string Of(IReadOnlyList<Scenario> scenarios, bool isRaw) => Usings + string.Concat(scenarios.Select((s, i) => ScenarioText.Of(s, NameOf(i), isRaw) + "\n"));
}
