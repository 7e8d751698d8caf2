using System.Reflection;

namespace MemSentry.Packages.Tests.Infrastructure;

/// <summary>What was recorded about this repository when the tests were built.</summary>
internal static class Repository
{
    public static string Root { get; } = Recorded("RepositoryRoot");

    public static string Configuration { get; } = Recorded("Configuration");

    /// <summary>The version of another package, as the repository pins it.</summary>
    public static string VersionOf(string package) => Recorded(package + "Version");

    /// <summary>The source file of a program that installs the packages.</summary>
    public static string Program(string file) => Path.Combine(AppContext.BaseDirectory, "Programs", file);

    private static string Recorded(string key) => typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == key).Value!;
}
