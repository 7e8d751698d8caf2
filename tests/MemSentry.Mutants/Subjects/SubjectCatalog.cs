using System.Runtime.InteropServices;
using MemSentry.Analysis.Options;
using MemSentry.Attacks.Building;
using MemSentry.Constructs.Building;

namespace MemSentry.Mutants.Subjects;

/// <summary>Everything that is woven: fixtures in many variants, the demo's server, and assemblies that nobody here wrote.</summary>
public static class SubjectCatalog
{
    private static readonly WeaverOptions Mpx = new();
    private static readonly WeaverOptions Sfi = new() { ProtMethod = ProtectionMethod.Sfi };

    private static readonly string[] Attacks = [CSharpFixtures.FileName, IlFixtures.FileName];

    /// <summary>The variants of fixtures; every value of every option is among them.</summary>
    private static readonly (string Name, WeaverOptions Options)[] Variants =
    [
        ("mpx", Mpx),
        ("sfi", Sfi),
        ("mpx-w-frame", Mpx with { Rw = CheckedAccesses.Write, Trust = PointerTrust.Frame }),
        ("sfi-r-none", Sfi with { Rw = CheckedAccesses.Read, Trust = PointerTrust.None }),
    ];

    /// <summary>The fixtures and the demo's server: small, and with all that the access table knows.</summary>
    /// <param name="folder">An empty folder for the fixtures.</param>
    public static IEnumerable<Subject> Small(string folder)
    {
        foreach (BuildConfiguration configuration in Enum.GetValues<BuildConfiguration>())
        {
            string fixtures = Directory.CreateDirectory(Path.Combine(folder, configuration.ToString())).FullName;
            CompileAttacks(configuration, fixtures);
            FixtureFiles.AddLibraries(configuration, fixtures);
            FixtureFiles.Compile(configuration, fixtures);
            IEnumerable<string> files = [.. Attacks, "Constructs.CSharp.dll", "Constructs.FSharp.dll", "Constructs.VisualBasic.dll", "Constructs.Il.dll"];
            foreach ((string file, (string name, WeaverOptions options)) in files.Zip(VariantsFrom((int)configuration)))
                yield return Fixture($"{configuration}-{name}", Path.Combine(fixtures, file), options);
        }

        foreach ((string name, WeaverOptions options) in Variants)
            yield return Fixture(name, Beside("Heartbleed.Victim"), options);
    }

    /// <summary>Compiles the fixtures of the attack matrix: every opcode and member of the access table.</summary>
    public static void CompileAttacks(BuildConfiguration configuration, string folder)
    {
        CSharpFixtures.Compile(configuration, folder);
        IlFixtures.Assemble(configuration, folder);
    }

    /// <summary>The fixtures of the attack matrix that lie in a folder, in two variants each; one broken copy of each.</summary>
    public static IEnumerable<Subject> AttacksIn(string folder) =>
        from file in Attacks
        from variant in Variants[..2]
        select Fixture(variant.Name, Path.Combine(folder, file), variant.Options) with { IsSmall = false };

    /// <summary>Assemblies with many members; one broken copy of each is enough.</summary>
    public static IEnumerable<Subject> Real() =>
    [
        Real("Microsoft.Diagnostics.Tracing.TraceEvent", "mpx", Mpx),
        Real("Microsoft.Diagnostics.Tracing.TraceEvent", "sfi-w", Sfi with { Rw = CheckedAccesses.Write }),
        Real("Iced", "mpx-frame", Mpx with { Trust = PointerTrust.Frame }),
        Real("CommunityToolkit.HighPerformance", "mpx", Mpx),
        Real("CommunityToolkit.HighPerformance", "sfi-r", Sfi with { Rw = CheckedAccesses.Read }),
        Real("Google.Protobuf", "sfi", Sfi),
        Framework("System.Reflection.Metadata", "mpx-none", Mpx with { Trust = PointerTrust.None }),
        Framework("System.Reflection.Metadata", "sfi", Sfi),
        Framework("System.Private.Xml", "sfi-frame", Sfi with { Trust = PointerTrust.Frame }),
        Framework("System.Security.Cryptography", "mpx", Mpx),
    ];

    private static Subject Real(string name, string variant, WeaverOptions options) => new($"{name}/{variant}", Beside(name), options, IsSmall: false);

    private static Subject Framework(string name, string variant, WeaverOptions options) =>
        new($"{name}/{variant}", Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), name + ".dll"), options, IsSmall: false);

    private static Subject Fixture(string variant, string file, WeaverOptions options) =>
        new($"{Path.GetFileNameWithoutExtension(file)}/{variant}", file, options, IsSmall: true);

    private static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name + ".dll");

    /// <summary>Every variant again and again, starting at another one for each configuration.</summary>
    private static IEnumerable<(string Name, WeaverOptions Options)> VariantsFrom(int first)
    {
        for (int i = first; ; i++)
            yield return Variants[i % Variants.Length];
    }
}
