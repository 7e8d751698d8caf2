namespace MemSentry.Packages.Tests.Infrastructure;

/// <summary>
/// The packages of this build, in a folder that projects restore from. They get a version of their own: NuGet keeps what it has once installed, and
/// would take the packages of an earlier run for these.
/// </summary>
internal static class Feed
{
    private static readonly string Root = Directory.CreateTempSubdirectory("MemSentry.Packages.Tests.").FullName;

    /// <summary>Not a preview, so that <c>dotnet add package</c> finds it without being told.</summary>
    public static string Version { get; } = $"0.0.{Random.Shared.Next(1, int.MaxValue)}";

    /// <summary>The folder with the packages.</summary>
    public static string Folder { get; } = Path.Combine(Root, "feed");

    /// <summary>Below it, tests make their projects.</summary>
    public static string Workspaces { get; } = Path.Combine(Root, "workspaces");

    /// <summary>Where NuGet keeps what it has installed.</summary>
    public static string InstalledPackages => Command.Dotnet(Path.GetTempPath(), "nuget", "locals", "global-packages", "--list").Output.Split("global-packages: ")[1].Trim();

    public static string Package(string name, string extension = "nupkg") => Path.Combine(Folder, $"{name}.{Version}.{extension}");

    /// <summary>Packs the solution, with the command that the README names.</summary>
    public static CommandResult Pack(string folder, string project = "MemSentry.sln") => Command.Dotnet(Repository.Root,
        "pack", project, "-o", folder, "--no-build", "-c", Repository.Configuration, $"-p:PackageVersion={Version}", "-v:q", "-nologo");

    /// <summary>Makes the feed a package source of everything below a folder, beside the sources that there are.</summary>
    public static void WriteSource(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "NuGet.config"), $"""
            <configuration>
              <packageSources>
                <add key="MemSentry" value="{Folder}" />
              </packageSources>
            </configuration>
            """);
    }

    /// <summary>Removes everything, what NuGet has installed included.</summary>
    public static void Remove()
    {
        Directory.Delete(Root, recursive: true);
        foreach (string package in Directory.GetDirectories(InstalledPackages, "memsentry.*").Where(p => Directory.Exists(Path.Combine(p, Version))))
        {
            Directory.Delete(Path.Combine(package, Version), recursive: true);
            if (!Directory.EnumerateFileSystemEntries(package).Any())
                Directory.Delete(package);
        }
    }
}
