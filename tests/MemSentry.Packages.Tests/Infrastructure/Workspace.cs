namespace MemSentry.Packages.Tests.Infrastructure;

/// <summary>A folder with projects as a user has them: the packages come from a NuGet source, everything else from where it always does.</summary>
internal sealed class Workspace
{
    public Workspace(string name)
    {
        Folder = Path.Combine(Feed.Workspaces, name);
        Feed.WriteSource(Folder);
        Write("Directory.Build.props", """
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
                <NuGetAudit>false</NuGetAudit>
                <RunAnalyzers>false</RunAnalyzers>
              </PropertyGroup>
            </Project>
            """);
        // Nothing above the folder may take part.
        Write("Directory.Build.targets", "<Project />");
        Write("Directory.Packages.props", "<Project />");
    }

    public string Folder { get; }

    /// <summary>The element that installs the weaver.</summary>
    public static string Weaver { get; } = Package("MemSentry.Fody", Feed.Version);

    public static string Package(string name, string version) => $"""<PackageReference Include="{name}" Version="{version}" />""";

    public void Write(string file, string text)
    {
        string path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Adds a project in a folder of its name, with sources out of <c>Programs/</c>.</summary>
    public void Add(Project project)
    {
        Write($"{project.Name}/{project.File}", project.Text);
        foreach (string source in project.Sources)
            File.Copy(Repository.Program(source), Path.Combine(Folder, project.Name, source));
    }

    /// <summary>Adds projects and a solution of them.</summary>
    public void AddSolution(string name, params IReadOnlyList<Project> projects)
    {
        foreach (Project project in projects)
            Add(project);
        Write($"{name}.slnx", $"<Solution>{string.Concat(projects.Select(p => $"""<Project Path="{p.Name}/{p.File}" />"""))}</Solution>");
    }

    /// <summary>Runs a command of MSBuild's on a solution or project.</summary>
    public CommandResult Build(string verb, string target, params IEnumerable<string> arguments) =>
        Command.Dotnet(Folder, [verb, target, "-nologo", "-m:2", "-v:minimal", "-clp:NoSummary", .. arguments]);

    /// <summary>What a build of a project leaves in bin.</summary>
    public string Output(string project, string file, string configuration = "Debug", string framework = "net10.0") =>
        Path.Combine(Folder, project, "bin", configuration, framework, file);

    /// <summary>Runs what a build has made.</summary>
    public CommandResult Run(string project) => Command.Dotnet(Folder, Output(project, project + ".dll"));
}
