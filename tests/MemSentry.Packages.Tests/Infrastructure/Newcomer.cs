namespace MemSentry.Packages.Tests.Infrastructure;

/// <summary>
/// Somebody who enters the commands of a document: with a home of his own and the tool installed, in a folder with a new console project, with programs that are already built,
/// and with the packages where <c>dotnet pack</c> puts them.
/// </summary>
internal sealed class Newcomer
{
    private const string RepositoryTool = "dotnet run --project weaver/MemSentry.Cli -- ";

    private const string Properties = "<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><AllowUnsafeBlocks>true</AllowUnsafeBlocks>";

    private readonly Dictionary<string, string?> _environment;
    private readonly string _home;
    private readonly string _repositoryOutput;

    /// <param name="name">A name for the folder.</param>
    public Newcomer(string name)
    {
        Folder = Directory.CreateDirectory(Path.Combine(Feed.Workspaces, "Newcomers", name)).FullName;
        _home = Directory.CreateDirectory(Path.Combine(Feed.Workspaces, "Homes", name)).FullName;
        _repositoryOutput = Path.Combine(_home, "artifacts");
        _environment = new()
        {
            ["HOME"] = _home,
            ["DOTNET_CLI_HOME"] = _home,
            ["NUGET_PACKAGES"] = Feed.InstalledPackages,
            ["PATH"] = $"{Environment.GetEnvironmentVariable("PATH")}:{_home}/.dotnet/tools:{InstalledTool.Folder}",
        };
        CopySources();
        File.WriteAllText(Path.Combine(Folder, "Newcomer.csproj"), new Project("Newcomer") { Items = "", Properties = Properties }.Text);
        Directory.CreateSymbolicLink(Path.Combine(Directory.CreateDirectory(Path.Combine(Folder, "artifacts")).FullName, "packages"), Feed.Folder);
    }

    /// <summary>Where he is.</summary>
    public string Folder { get; }

    /// <summary>Enters a command; one for the repository is entered there, but leaves nothing behind.</summary>
    public CommandResult Enter(string command) => command.StartsWith(RepositoryTool, StringComparison.Ordinal)
        ? Run(Repository.Root, $"dotnet run --no-build -c {Repository.Configuration} --project weaver/MemSentry.Cli -- {command[RepositoryTool.Length..].Replace("artifacts/", _repositoryOutput + "/", StringComparison.Ordinal)}")
        : Run(Folder, command);

    private CommandResult Run(string folder, string command) => Command.Run(folder, _environment, "/bin/sh", "-c", command);

    /// <summary>The sources of other packages are those of this machine.</summary>
    private void CopySources()
    {
        string sources = Path.Combine(".nuget", "NuGet", "NuGet.Config");
        string here = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), sources);
        if (!File.Exists(here))
            return;

        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_home, sources))!);
        File.Copy(here, Path.Combine(_home, sources));
    }
}
